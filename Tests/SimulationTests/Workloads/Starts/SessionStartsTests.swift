import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct SessionStartsTests {
  static let root = SampleKey(seed: 20_261_122)

  static func codex(_ more: String = "") throws -> any Workload {
    try TestWorkload.read(#"{"type": "codex"\#(more)}"#)
  }

  @Test("gaps have the coefficient of variation that is asked for", arguments: [1.1, 3])
  func variationOfGaps(of variation: Double) throws {
    let workload = try Self.codex(#", "profile": "flat", "variation": \#(variation)"#)
    let starts = workload.starts(
      of: Self.root, weight: 5000, until: .zero + .days(3))
    let gaps = zip(starts, starts.dropFirst()).map { ($1 - $0).seconds }
    // 30,000 gaps of gamma laws: 4 standard errors of mean and variation are below 7 %.
    expectNear(mean(gaps), 86_400 / 10_000, within: 0.07, "mean gap")
    expectNear(SimulationTests.variation(gaps), variation, within: 0.07, "variation")
  }

  @Test("sessions come at the published times of the week")
  func hours() throws {
    let workload = try Self.codex(#", "variation": 1"#)
    let weeks = 4
    let starts = workload.starts(
      of: Self.root, weight: 2000, until: .zero + .days(Int64(7 * weeks)))
    var counts = Array(repeating: 0.0, count: 168)
    for start in starts { counts[Int(start.nanoseconds / 3_600_000_000_000) % 168] += 1 }
    // A Poisson process in operational time: counts vary like their square roots.
    var chiSquare = 0.0
    for (hour, factor) in WeeklyProfile(hours: WeeklyProfile.azureCoding).factors.enumerated() {
      let expected = factor * 4000 / 24 * Double(weeks)
      chiSquare += (counts[hour] - expected) * (counts[hour] - expected) / expected
    }
    // 168 degrees of freedom: mean 168, deviation 18.3; 4 of them above.
    #expect(chiSquare < 168 + 4 * 18.3)
    expectNear(counts.max()! / mean(counts), 3.01, within: 0.06, "peak over mean")
  }

  @Test("the process is stationary from the start: as many sessions in the first hour as later")
  func stationary() throws {
    let workload = try Self.codex(#", "profile": "flat", "variation": 3, "sessionsPerDay": 4"#)
    var early = 0
    var late = 0
    let accounts = 20_000
    for account in 0..<accounts {
      let starts = workload.starts(of: Self.root.child(UInt64(account)), until: .zero + .days(2))
      early += starts.filter { $0 < .zero + .hours(1) }.count
      late += starts.filter { $0 >= .zero + .hours(47) }.count
    }
    // Four sessions a day. Counts vary more than Poisson's: by at most (1 + 3²) in variance.
    let expected = Double(accounts) * 4 / 24
    let bound = 4 * (10 * expected).squareRoot()
    #expect((Double(early) - expected).magnitude < bound, "\(early), \(expected)")
    #expect((Double(late) - expected).magnitude < bound, "\(late), \(expected)")
  }

  @Test("an account of weight 2 has the gaps of weight 1, each half as long")
  func weight() throws {
    let workload = try Self.codex(#", "profile": "flat""#)
    let single = workload.starts(of: Self.root, until: .zero + .days(20))
    let double = workload.starts(of: Self.root, weight: 2, until: .zero + .days(10))
    #expect(single.count > 20 && single.count == double.count)
    for (one, two) in zip(single, double) {
      #expect((one.nanoseconds - 2 * two.nanoseconds).magnitude < 100)
    }
  }

  @Test("each gap has its own address: what happened before it does not shift it")
  func addressed() throws {
    let workload = try Self.codex(#", "profile": "flat""#)
    let view = AccountView(key: Self.root, weight: 1, place: 0)
    let base = try #require(workload.start(ofSession: 7, of: view, after: .zero))
    let later = try #require(workload.start(ofSession: 7, of: view, after: .zero + .hours(5)))
    #expect(later - base == .hours(5))
    #expect(workload.start(ofSession: 8, of: view, after: .zero) != base)
  }

  @Test("a flash crowd brings the sessions that its formula says")
  func crowd() throws {
    let workload = try Self.codex(
      """
      , "profile": "flat", "variation": 1,
      "flashCrowd": {"start": "6h", "amplitude": 10, "rise": "1h", "decay": "1d"}
      """)
    let starts = workload.starts(of: Self.root, weight: 1200, until: .zero + .days(2))
    let before = starts.filter { $0 < .zero + .hours(6) }.count
    let busy = starts.filter { $0 >= .zero + .hours(9) && $0 < .zero + .hours(10) }.count
    // 100 an hour; 1 + 10·(1 − e^(−3.5))·e^(−3.5/24) = 9.38 times that half an hour after nine.
    #expect((Double(before) - 600).magnitude < 4 * 600.0.squareRoot())
    #expect((Double(busy) - 938).magnitude < 4 * 938.0.squareRoot())
  }

  @Test("an open loop takes the same profile and crowd, and is untouched without")
  func openLoop() throws {
    let gaps = #""interarrival": {"type": "exponential", "mean": "10s"}, "service": "1s""#
    let plain = try TestWorkload.read(#"{"type": "openLoop", \#(gaps)}"#)
    let flat = try TestWorkload.read(#"{"type": "openLoop", \#(gaps), "profile": "flat"}"#)
    let end = SimTime.zero + .days(7)
    #expect(plain.starts(of: Self.root, until: end) == flat.starts(of: Self.root, until: end))
    let moved = try TestWorkload.read(
      #"{"type": "openLoop", \#(gaps), "profile": "azureCoding", "flashCrowd": {"amplitude": 2}}"#)
    let starts = moved.starts(of: Self.root, until: .zero + .hours(1))
    let factor = FlashCrowd(start: .zero, amplitude: 2, rise: .hours(1), decay: .days(4))
      .meanFactor(from: .zero, to: .hours(1))
    let expected = 360 * factor * WeeklyProfile.azureCoding[0]
    #expect((Double(starts.count) - expected).magnitude < 4 * expected.squareRoot())
  }

  @Test("rates, variations and crowds without sense are refused")
  func fields() throws {
    for (field, place) in [
      (#""sessionsPerDay": 0"#, "/sessionsPerDay"), (#""variation": -1"#, "/variation"),
      (#""flashCrowd": {}"#, "/flashCrowd/amplitude"),
      (#""flashCrowd": {"amplitude": 3, "rise": "0s"}"#, "/flashCrowd/rise"),
      (#""flashCrowd": {"amplitude": 3, "decay": "61d"}"#, "/flashCrowd/decay"),
      (#""flashCrowd": {"amplitude": 3, "start": "4000d"}"#, "/flashCrowd/start"),
      (#""flashCrowd": {"amplitude": 3, "peak": 3}"#, "/flashCrowd/peak"),
    ] {
      #expect(try TestWorkload.refused(#"{"type": "codex", \#(field)}"#) == [place])
    }
  }
}
