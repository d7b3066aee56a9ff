import Testing
import WeirKernel

@testable import WeirSimulation

/// The defaults against what is published of the GenTD26 trace: 26,823 jobs of 4,247 users.
@Suite struct SoraCalibrationTests {
  static let workload = try? TestWorkload.read(#"{"type": "sora"}"#)

  static let visits: [[TestCall]] = (0..<12_000).map { number in
    workload?.calls(ofSession: UInt32(number), of: SampleKey(seed: 21)) ?? []
  }

  @Test("jobs of a day: p50 2, p90 10, p99 44, and a mean of 4.6")
  func jobs() {
    let jobs = Self.visits.map { Double($0.count) }
    #expect(quantile(jobs, 0.5) == 2)
    expectNear(quantile(jobs, 0.9), 10, within: 0.101, "p90")
    // Three standard errors of a p99 of 12,000.
    expectNear(quantile(jobs, 0.99), 44, within: 0.13, "p99")
    // The fit's own mean; the trace has 5.27, from days of up to 303 jobs.
    expectNear(mean(jobs), 4.6, within: 0.09, "mean")
  }

  /// Static replay of a cap, as the source does it: the share of the demand that is above it.
  ///
  /// The published fit takes off 43, 12 and 2.5 %, the trace itself 42, 13 and 4 %. The tolerance
  /// is three standard errors of a sample of 12,000 visits of that law, computed from its terms.
  @Test(
    "caps of so many jobs a day take off what the published fit does: 43, 12 and 2.5 %",
    arguments: [(6.0, 0.43, 0.0113), (30, 0.12, 0.0134), (100, 0.025, 0.00997)])
  func caps(cap: Double, removed: Double, standardError: Double) {
    let jobs = Self.visits.map { Double($0.count) }
    let over = jobs.reduce(0) { $0 + max(0, $1 - cap) } / jobs.reduce(0, +)
    #expect((over - removed).magnitude < 3 * standardError, "\(over)")
  }

  @Test("gaps within a visit: p50 67 s, p90 271 s; 5.6 % of jobs come before the last is done")
  func gaps() {
    let pauses = Self.visits.flatMap { $0 }.compactMap { $0.pause?.seconds }
    let gaps = pauses.filter { $0 > 0 }
    expectNear(quantile(gaps, 0.5), 67, within: 0.03, "p50")
    expectNear(quantile(gaps, 0.9), 271, within: 0.04, "p90")
    let eager = Double(pauses.count - gaps.count) / Double(pauses.count)
    expectNear(eager, 0.056, within: 0.07, "eager")
  }

  @Test("398 of 26,823 jobs fail; clips are of 4, 8 and 12 s")
  func mix() {
    let demands = Self.visits.flatMap { $0 }.map(\.demand)
    let total = Double(demands.count)
    expectNear(
      Double(demands.filter(\.fails).count) / total, 398.0 / 26_823, within: 0.12, "failures")
    for (seconds, share) in [(4, 0.5), (8, 0.35), (12, 0.15)] as [(Int64, Double)] {
      let count = Double(demands.filter { $0.milliseconds == seconds * 1000 }.count)
      expectNear(count / total, share, within: 0.04, "\(seconds) s")
    }
    expectNear(
      Double(demands.filter { $0.operation == 0 }.count) / total, 0.85, within: 0.01, "720p")
  }

  @Test("of the accounts seen in 24 days, 88 % come on one day only, each on 1.2 days")
  func days() throws {
    let workload = try #require(Self.workload)
    let weights = Distribution.lognormal(median: 0.2357, sigma: 1.7)
    var days: [Int] = []
    for account in 0..<60_000 {
      let key = SampleKey(seed: 22).child(UInt64(account))
      var samples = key.samples(.weight)
      let starts = workload.starts(
        of: key, weight: weights.sample(&samples), until: .zero + .days(24))
      let seen = Set(starts.map { $0.nanoseconds / 86_400_000_000_000 }).count
      if seen > 0 { days.append(seen) }
    }
    // About 1,900 accounts: three standard errors are 0.023 and 0.04.
    let once = Double(days.filter { $0 == 1 }.count) / Double(days.count)
    #expect((once - 0.88).magnitude < 0.023, "\(once)")
    let published = 5094.0 / 4247
    #expect((Double(days.reduce(0, +)) / Double(days.count) - published).magnitude < 0.06)
  }

  @Test("a day's demand is what the workload expects")
  func expectation() throws {
    let workload = try #require(Self.workload)
    let jobs = workload.expectedUnitsPerDay([CostMeter(unit: 1), CostMeter(unit: 1)])
    let seconds = workload.expectedUnitsPerDay([
      CostMeter(millisecond: 1, denominator: 1000), CostMeter(millisecond: 1, denominator: 1000),
    ])
    let sampled = mean(Self.visits.map { Double($0.count) })
    // 12,000 visits: three standard errors of a mean of 4.6 with a deviation of 10.
    expectNear(jobs / 0.0016, sampled, within: 0.06, "jobs")
    expectNear(seconds / jobs, 4 * 0.5 + 8 * 0.35 + 12 * 0.15, within: 1e-9, "seconds")
  }
}
