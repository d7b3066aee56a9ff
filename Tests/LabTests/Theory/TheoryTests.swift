import Foundation
import Testing
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

/// Every scenario of `Scenarios/theory` against its closed form.
///
/// A claim holds when the exact value lies in the 99.9 % Student-t interval over the replications.
/// Release builds run the scenarios as they stand; debug builds, ten times slower, run a shorter
/// horizon and fewer replications, so that their intervals are wider.
@Suite struct TheoryTests {
  struct Claim: Sendable, CustomTestStringConvertible {
    let scenario: String
    var population: Int?
    let quantity: String
    let exact: Double
    let measure: @Sendable (MetricRow) -> Double?

    var testDescription: String {
      "\(scenario): \(quantity)\(population.map { " of class \($0 + 1)" } ?? "")"
    }

    static func value(
      _ scenario: String, _ metric: Metric, _ exact: Double, of population: Int? = nil
    ) -> Claim {
      Claim(
        scenario: scenario, population: population, quantity: metric.name, exact: exact
      ) { $0[metric] }
    }

    static func refused(_ scenario: String, _ exact: Double) -> Claim {
      Claim(scenario: scenario, quantity: "refused share", exact: exact) { row in
        guard let denied = row[.denied], let attempts = row[.attempts] else { return nil }
        return denied / attempts
      }
    }
  }

  static let claims: [Claim] = [
    .value("mm1", .queueWaitMean, ClosedForms.mm1Wait(load: 0.8)),
    .value("mm1", .endToEndMean, ClosedForms.mm1Wait(load: 0.8) + 1),
    .value("mm1", .queueMean, 3.2),
    .value("mm1", .utilisation, 0.8),
    .value("mmc", .queueWaitMean, ClosedForms.mmcWait(servers: 16, offered: 14.4)),
    .value("mmc", .utilisation, 0.9),
    .value("md1", .queueWaitMean, ClosedForms.md1Wait(load: 0.8)),
    .refused("mm1k", 0.192586),
    .refused("erlang-loss", ClosedForms.erlangB(servers: 10, offered: 8)),
    .value("priority", .queueWaitMean, ClosedForms.cobhamWaits(rates: [0.4, 0.4])[0], of: 0),
    .value("priority", .queueWaitMean, ClosedForms.cobhamWaits(rates: [0.4, 0.4])[1], of: 1),
    .value("ps-exponential", .endToEndMean, ClosedForms.processorSharingSojourn(load: 0.8)),
    .value("ps-exponential", .slowdownMean, ClosedForms.processorSharingSojourn(load: 0.8)),
    .value("ps-lognormal", .endToEndMean, ClosedForms.processorSharingSojourn(load: 0.8)),
    .value("ps-lognormal", .slowdownMean, ClosedForms.processorSharingSojourn(load: 0.8)),
    .refused("token-bucket", ClosedForms.tokenBucketRefusal(capacity: 10, load: 1)),
    // 900 accounts at half the refill rate and 100 at five times it.
    .refused(
      "buckets-and-servers",
      (450 * ClosedForms.tokenBucketRefusal(capacity: 10, load: 0.5)
        + 500 * ClosedForms.tokenBucketRefusal(capacity: 10, load: 5)) / 950),
    .refused("sliding-log", ClosedForms.slidingLogRefusal(limit: 10, expected: 10)),
    .refused("fixed-window", ClosedForms.fixedWindowRefusal(limit: 10, expected: 10)),
    .refused("cycles", ClosedForms.fixedWindowRefusal(limit: 10, expected: 10)),
    .refused("leaky-queue", ClosedForms.tokenBucketRefusal(capacity: 10, load: 1)),
    .value("pacer", .endToEndMean, ClosedForms.md1Wait(load: 0.8) + 0.001),
    .refused("concurrency", ClosedForms.erlangB(servers: 10, offered: 8)),
  ]

  @Test("the simulator agrees with queueing theory", arguments: TheoryRuns.scenarios)
  func agreement(scenario: String) async throws {
    let rows = try await TheoryRuns.rows(of: scenario)
    let claims = Self.claims.filter { $0.scenario == scenario }
    try #require(!claims.isEmpty, "no claim is made about \(scenario)")
    for claim in claims {
      var moments = Moments()
      for run in rows {
        let row = claim.population.map { run.populations[$0] } ?? run.metrics
        moments.add(try #require(claim.measure(row), "\(claim.testDescription) is undefined"))
      }
      let interval = try #require(MeanInterval(moments, level: 0.999))
      let halfWidth = try #require(interval.halfWidth)
      let distance = (interval.mean - claim.exact).magnitude
      print(
        "theory: \(claim.testDescription): \(interval.mean) ± \(halfWidth), exactly \(claim.exact)")
      #expect(
        distance <= halfWidth,
        "\(claim.testDescription): \(interval.mean) ± \(halfWidth), exactly \(claim.exact)")
    }
  }

  @Test("every claim is about a scenario that is there")
  func claimsAreUsed() {
    for claim in Self.claims { #expect(TheoryRuns.scenarios.contains(claim.scenario)) }
  }
}

/// The runs of the theory scenarios.
enum TheoryRuns {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Scenarios/theory")

  /// The names of all scenarios in the folder.
  static let scenarios: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  #if DEBUG
    static let replications: Int64? = 6
    static let shortening: Int64 = 200
  #else
    static let replications: Int64? = nil
    static let shortening: Int64 = 1
  #endif

  static func rows(of name: String) async throws -> [RunResult] {
    let file = folder.appending(path: name + ".json")
    let source = SourceFile(name: name, bytes: [UInt8](try Data(contentsOf: file)))
    let node = try #require(JSONNode.parse(source).node)
    let reading = Scenario.read(from: node)
    try #require(reading.issues.isEmpty, "\(reading.issues)")
    var scenario = reading.value
    let horizon = scenario.setting.horizon.nanoseconds
    let warmup = scenario.setting.warmup?.nanoseconds ?? 0
    let shorter = SimDuration(nanoseconds: warmup + (horizon - warmup) / shortening)
    scenario.setting.horizon = shorter
    scenario.setting.interval = SimDuration(nanoseconds: shorter.nanoseconds / 48)
    let root = SampleKey(seed: scenario.seed)
    let setting = scenario.setting
    let policy = scenario.policies[0]
    return try await withThrowingTaskGroup(of: (Int64, RunResult).self) { group in
      for replication in 0..<(replications ?? scenario.replications) {
        group.addTask {
          var world = World(setting, policy, replication: root.child(UInt64(replication)))
          return (replication, world.run())
        }
      }
      var results: [(Int64, RunResult)] = []
      for try await result in group {
        #expect(result.1.broken == [])
        results.append(result)
      }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
