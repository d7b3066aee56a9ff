import Testing
import WeirKernel

@testable import WeirSimulation

@Suite struct ContextForecastTests {
  /// Sums over sessions: calls, new and cached tokens, output.
  static func sums(
    _ workload: any Workload, sessions: Int
  ) -> [(calls: Double, new: Double, cached: Double)] {
    (0..<sessions).map { number in
      let calls = workload.calls(ofSession: UInt32(number), of: SampleKey(seed: 11))
      return (
        Double(calls.count), calls.reduce(0) { $0 + Double($1.demand.input) },
        calls.reduce(0) { $0 + Double($1.demand.cachedInput) }
      )
    }
  }

  static let meters = [
    CostMeter(input: 1, denominator: 1), CostMeter(cachedInput: 1, denominator: 1),
    CostMeter(request: 1),
  ]

  /// What a workload expects of one session, by kind of token.
  static func expected(_ workload: any Workload) -> [Double] {
    meters.map { workload.expectedUnitsPerDay([$0, $0]) / 2 }
  }

  @Test("sessions of one shape are forecast as they are")
  func alike() throws {
    let workload = try TestWorkload.read(
      """
      {"type": "codex", "turns": {"median": 3}, "calls": {"continued": 1,
        "continuations": {"median": 9}}, "output": 5,
        "context": {"first": "10k", "append": 1000, "limit": "1M", "missed": 0}}
      """)
    let expected = Self.expected(workload)
    #expect(expected[2] == 30)
    #expect((expected[0] - 30_000).magnitude < 1e-6)
    // 30 calls carry 10 K and 1 K more each time. On the grid three turns of 10 calls are of 6 or
    // 12, whose variance adds 3 · 8 · 1 K / 2.
    let carried = 30 * 10_000.0 + 1000 * 29 * 30 / 2
    #expect((expected[1] - carried).magnitude < 12_001)
  }

  @Test(
    "the mean tokens of sessions are those that the workload expects",
    arguments: [
      "", #", "context": {"limit": "64k", "keep": 0.5}"#,
      #", "turns": {"median": 4, "sigma": 1}, "context": {"append": 40}"#,
    ])
  func monteCarlo(_ more: String) throws {
    let workload = try TestWorkload.read(#"{"type": "codex"\#(more)}"#)
    let expected = Self.expected(workload)
    let sums = Self.sums(workload, sessions: 700)
    // Sessions differ by their number of calls most of all, whose mean is known: what is left is
    // tokens beyond a constant number for each call.
    for (place, tokens) in [sums.map(\.new), sums.map(\.cached)].enumerated() {
      let perCall = expected[place] / expected[2]
      let rests = zip(sums, tokens).map { $1 - perCall * $0.calls }
      let error = 4 * (rests.reduce(0) { $0 + $1 * $1 }).squareRoot() / Double(rests.count)
      // One in fifty for the even growth that the forecast takes.
      #expect(
        mean(rests).magnitude < error + 0.02 * expected[place],
        "\(more) \(place): \(mean(rests)) of \(expected[place]), error \(error)")
    }
  }
}
