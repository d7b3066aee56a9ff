import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct AccountScopeTests {
  private static let people = """
    {
      "name": "people", "accounts": 4,
      "workload": {
        "type": "openLoop", "interarrival": {"type": "exponential", "mean": "5s"},
        "service": {"type": "exponential", "mean": "3s"}
      },
      "behaviour": {"whenRefused": {"type": "honourHint", "giveUpAfter": "20s"}}
    }
    """
  private static let others = """
    {
      "name": "others", "accounts": 3,
      "workload": {"type": "openLoop", "interarrival": "7s", "service": "1s"}
    }
    """
  private static func hammerers(_ label: Bool = true) -> String {
    """
    {
      "name": "hammerers", "accounts": 2, "abusive": \(label),
      "workload": {"type": "openLoop", "interarrival": "1s", "service": "1s"},
      "behaviour": {"whenRefused": {"type": "hammer", "every": "1s", "maxAttempts": 5}}
    }
    """
  }

  /// Every account has a server and a window of its own, so that nobody feels anybody else.
  private static func run(_ populations: [String]) throws -> RunResult {
    let text = """
      {
        "horizon": "5m", "warmup": "1m", "initial": "fresh",
        "populations": [\(populations.joined(separator: ", "))],
        "fleet": [ {"name": "servers", "servers": 1000} ],
        "policies": [
          {"name": "p", "layers": [ {"type": "fixedWindow", "limit": 3, "per": "30s"} ]}
        ]
      }
      """
    let result = try TestScenario.read(text).run()
    #expect(result.broken == [])
    return result
  }

  @Test("the unlabelled accounts are measured as if nobody else were there")
  func alone() throws {
    let together = try Self.run([Self.people, Self.hammerers(), Self.others])
    let alone = try Self.run([Self.people, Self.others])
    let unlabelled = try #require(together.unlabelled)
    var compared = 0
    for metric in Metric.allCases where metric.definition.isByPopulation {
      #expect(unlabelled[metric] == alone.metrics[metric], "\(metric)")
      if unlabelled[metric] != nil { compared += 1 }
    }
    #expect(compared > 30)
    #expect(together.metrics[.denied] != alone.metrics[.denied], "the labelled count in the whole")
    #expect(together.unlabelledLorenz == alone.lorenz)
    let points = together.latency.filter { $0.scope == .unlabelled }.map(\.value)
    #expect(points == alone.latency.filter { $0.scope == .everyone }.map(\.value))
    #expect(!points.isEmpty)
  }

  @Test("what stands idle while somebody is refused is told without the labelled accounts")
  func idle() throws {
    let together = try Self.run([Self.people, Self.hammerers(), Self.others]).metrics
    let alone = try Self.run([Self.people, Self.others]).metrics
    let labelled = try Self.run([Self.hammerers()]).metrics
    let unlabelled = try Self.run([Self.people, Self.hammerers(false), Self.others]).metrics
    let idle = try #require(alone[.idleWhileDenied])
    #expect(idle > 0)
    #expect(together[.idleWhileDenied] == idle)
    #expect((labelled[.idleWhileDenied] ?? 0) > 0, "where all are labelled, all count")
    #expect((unlabelled[.idleWhileDenied] ?? 0) > idle)
  }

  @Test("what only all accounts together have is undefined for some of them")
  func fleet() throws {
    let unlabelled = try #require(try Self.run([Self.people, Self.hammerers()]).unlabelled)
    for metric in Metric.allCases where !metric.definition.isByPopulation {
      #expect(unlabelled[metric] == nil, "\(metric)")
    }
  }

  @Test(
    "where nobody is labelled, or everybody, there is no such scope",
    arguments: [[people, others], [people, hammerers(false)], [hammerers()]])
  func none(_ populations: [String]) throws {
    let result = try Self.run(populations)
    #expect(result.unlabelled == nil)
    #expect(result.unlabelledLorenz.isEmpty)
    #expect(!result.latency.contains { $0.scope == .unlabelled })
  }

  @Test("what layers refused of each population adds up to all that they refused")
  func layers() throws {
    let result = try Self.run([Self.people, Self.hammerers(), Self.others])
    #expect(result.layersByPopulation.count == 3)
    for (layer, tally) in result.layers.enumerated() {
      let own = result.layersByPopulation.map { $0[layer] }
      #expect(own.reduce(Units.zero) { $0 + $1.paid } == tally.paid)
      for reason in tally.refused.indices {
        #expect(own.reduce(0) { $0 + $1.refused[reason] } == tally.refused[reason])
      }
      for (place, population) in own.enumerated() {
        #expect(
          population.refused.reduce(0, +) == Int64(result.populations[place][.denied] ?? -1))
      }
    }
  }

  @Test("the timeline counts what the labelled did by itself")
  func timeline() throws {
    let together = try Self.run([Self.people, Self.hammerers()]).timeline
    let alone = try Self.run([Self.people]).timeline
    #expect(together.contains { $0.labelled.denied > 0 })
    for (together, own) in zip(together, alone) {
      #expect(together.all.offered - together.labelled.offered == own.all.offered)
      #expect(together.all.admitted - together.labelled.admitted == own.all.admitted)
      #expect(together.all.denied - together.labelled.denied == own.all.denied)
      #expect(together.all.completed - together.labelled.completed == own.all.completed)
    }
  }
}
