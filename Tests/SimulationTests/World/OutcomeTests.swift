import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

/// Outcomes beyond yes and no, in a world: another model, a part, a turn that goes on, a reset.
@Suite struct OutcomeTests {
  /// One account that asks each second for 99 s, for 4 units that take 100 ms.
  private func scenario(policy: String) throws -> TestScenario {
    try TestScenario.read(
      """
      {
        "horizon": "100s", "drain": "20s", "initial": "fresh",
        "products": { "big": {}, "small": {} },
        "populations": [ {
          "name": "steady", "accounts": 1,
          "workload": {
            "type": "openLoop", "product": "big", "model": "gpt-5.5", "interarrival": "1s", "service": "100ms",
            "units": 4
          }
        } ],
        "fleet": [
          {"name": "large", "servers": 1, "serves": ["big"]},
          {"name": "little", "servers": 1, "serves": ["small"]}
        ],
        "policies": [ {"name": "tested", \(policy)} ]
      }
      """)
  }

  private static let windows = """
    "layers": [
      {"type": "fixedWindow", "name": "big", "limit": 40, "per": "1h", "products": ["big"]},
      {"type": "fixedWindow", "name": "small", "limit": 45, "per": "1h", "products": ["small"]}
    ]
    """

  @Test("another model goes on when the first is used up: its units, its pool and its work")
  func downgrade() throws {
    let downgrades =
      #""downgrades": [{"product": "big", "to": "small", "cost": 0.6, "work": 0.5}]"#
    var world = World(
      try scenario(policy: "\(Self.windows), \(downgrades)"), keepsEvents: true)
    let result = world.run()
    #expect(result.broken == [])
    // 10 of 4 units, then 15 of 3 (0.6 x 4, rounded up), then nothing.
    #expect(result.metrics[.completed] == 25.0)
    #expect(result.metrics[.downgraded] == 15.0)
    #expect(result.metrics[.admitted] == 25.0)
    #expect(result.layers[0].paid == 40 && result.layers[1].paid == 45)
    // 10 x 100 ms and 15 x 50 ms of two servers for 100 s.
    #expect(result.metrics[.utilisation] == 1.75 / 200)
    let events = try #require(result.events)
    #expect(events.decisions.count { $0.outcome == .downgrade } == 15)
    let used = events.ledger.compactMap { event -> UsageEvent? in
      if case .usage(let usage) = event, usage.units > .zero { usage } else { nil }
    }
    #expect(used.map(\.product) == Array(repeating: 0, count: 10) + Array(repeating: 1, count: 15))
    #expect(used.map(\.units.count).reduce(0, +) == 85)
  }

  @Test("a downgraded request pays the price of the model that is given, and is written down as it")
  func priceOfModel() throws {
    // Credits for one message: learn.chatgpt.com/docs/pricing, May 2026.
    let policy = """
      "layers": [
        {
          "type": "fixedWindow", "limit": 40, "per": "1h", "as": "gate", "products": ["big"]
        },
        {
          "type": "credits", "initial": 10000,
          "price": {"big": {"gpt-5.5": 14}, "small": {"gpt-5.4-mini": 2}}
        }
      ],
      "downgrades": [ {"product": "big", "to": "small", "model": "gpt-5.4-mini"} ]
      """
    var world = World(try scenario(policy: policy), keepsEvents: true)
    let result = world.run()
    #expect(result.broken == [])
    let downgraded = try #require(result.metrics[.downgraded])
    #expect(downgraded > 80)
    // 40 units at 14 credits, then 4 units at 2 credits each time.
    #expect(result.metrics[.revenue] == 560_000_000 + downgraded * 8_000_000)
    let models = try #require(result.events).ledger.compactMap { event -> ModelIndex? in
      if case .usage(let usage) = event, usage.units > .zero { usage.model } else { nil }
    }
    #expect(models == Array(repeating: 0, count: 10) + Array(repeating: 1, count: Int(downgraded)))
  }

  @Test("a layer of the other model may hold what goes on there; it counts when it is released")
  func heldDowngrade() throws {
    let layers = """
      "layers": [
        {"type": "fixedWindow", "name": "big", "limit": 40, "per": "1h", "products": ["big"]},
        {"type": "pacer", "name": "small", "rate": 1, "per": "10s", "products": ["small"]}
      ], "downgrades": [{"product": "big", "to": "small"}]
      """
    let result = try scenario(policy: layers).run()
    #expect(result.broken == [])
    let downgraded = try #require(result.metrics[.downgraded])
    // One unit each ten seconds, and four units a request: three are released by 120 s.
    #expect(downgraded >= 2 && downgraded <= 4)
    #expect(result.metrics[.admitted] == 10 + downgraded)
    #expect(result.metrics[.completed] == 10 + downgraded)
  }

  @Test("a part is what was granted, with that part of the work, and nobody overruns")
  func partial() throws {
    let policy = """
      "onShortfall": "partial", "layers": [
        {"type": "fixedWindow", "name": "window", "limit": 42, "per": "1h"}
      ]
      """
    let result = try scenario(policy: policy).run()
    #expect(result.broken == [])
    // 10 of 4 units, one of 2, then nothing.
    #expect(result.metrics[.completed] == 11.0)
    #expect(result.metrics[.overrun] == 0.0)
    #expect(result.layers[0].paid == 42)
    #expect(result.metrics[.grantedInPart] == 1)
    #expect(result.metrics[.grantedPartShare] == 0.5)
    #expect(result.metrics[.utilisation] == 1.05 / 200)
  }

  @Test("a reset that is banked opens the window once more")
  func reset() throws {
    let policy = """
      "layers": [ {
        "type": "bankedResets", "initial": 2,
        "limit": {"type": "fixedWindow", "limit": 40, "per": "1h"}
      } ]
      """
    let result = try scenario(policy: policy).run()
    #expect(result.broken == [])
    #expect(result.metrics[.completed] == 30.0)
  }

  @Test("with grace no turn is broken off: only what begins one is refused")
  func grace() throws {
    func decisions(_ grace: String) throws -> [(isDenied: Bool, call: UInt32)] {
      let scenario = try TestScenario.read(
        """
        {
          "horizon": "6h", "initial": "fresh", "products": { "codex": {"meter": {"request": 1}} },
          "populations": [ {
            "name": "coders", "accounts": 20, "workload": {"type": "codex", "sessionsPerDay": 40}
          } ],
          "fleet": [ {"name": "gpus", "servers": 40} ],
          "policies": [ {"name": "tested", "layers": [
            {"type": "fixedWindow", "limit": 15, "per": "6h"}\(grace)
          ]} ]
        }
        """)
      var world = World(scenario, keepsEvents: true)
      let result = world.run()
      #expect(result.broken == [])
      let events = try #require(result.events)
      return events.decisions.map {
        ($0.outcome == .deny, events.intents[$0.intent].call)
      }
    }
    let without = try decisions("")
    #expect(without.contains { $0.isDenied && $0.call > 0 })
    let with = try decisions(#", {"type": "turnGrace"}"#)
    #expect(!with.contains { $0.isDenied && $0.call > 0 })
    #expect(with.contains { $0.isDenied && $0.call == 0 })
  }

  @Test("downgrades from one product twice are an error")
  func twice() throws {
    let issues = try TestScenario.issues(
      """
      {
        "horizon": "100s", "products": { "big": {}, "small": {} },
        "populations": [ {
          "name": "steady", "accounts": 1,
          "workload": {
            "type": "openLoop", "product": "big", "interarrival": "1s", "service": "1s"
          }
        } ],
        "fleet": [ {"name": "servers", "servers": 1} ],
        "policies": [ {"name": "tested", "downgrades": [
          {"product": "big", "to": "small"}, {"product": "big", "to": "small"}
        ]} ]
      }
      """)
    #expect(issues.count == 1)
    #expect(issues.first?.contains("/policies/0/downgrades/1/product") == true)
  }
}

extension World {
  /// The world of a scenario's first policy.
  init(_ scenario: TestScenario, keepsEvents: Bool) {
    self.init(
      scenario.setting, scenario.policies[0], replication: SampleKey(seed: 1),
      keeping: EventKeeping(events: keepsEvents))
  }
}
