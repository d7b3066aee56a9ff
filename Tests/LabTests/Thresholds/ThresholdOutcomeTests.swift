import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

@Suite struct ThresholdOutcomeTests {
  /// The outcomes of one threshold on a metric of three policies.
  static func outcomes(
    _ threshold: String, _ values: [[Double?]], populations: Bool = false
  ) throws -> [ThresholdOutcome] {
    try StudySummary.made(
      of: .endToEndP99, values, thresholds: threshold, populations: populations
    ).thresholdOutcomes()
  }

  static let values: [[Double?]] = [[1, 2, 3, 4, 5], [2, 3, 4, 5, 6], [nil, nil, nil, nil, nil]]

  @Test("a threshold without a policy is held against each of them")
  func each() throws {
    let found = try Self.outcomes(
      #"{"id": "p99", "metric": "end_to_end_p99_s", "assert": "<= 3"}"#, Self.values)
    #expect(found.map(\.policyName) == ["hard-stop", "waterfall", "third"])
    #expect(found.map(\.result.outcome) == [.pass, .fail, .fail])
    #expect(found.map(\.result.value) == [3, 4, nil])
    #expect(found[2].result.reason == .noData)
  }

  @Test("a threshold on one policy is held against that alone")
  func one() throws {
    let found = try Self.outcomes(
      """
      {"id": "p99", "metric": "end_to_end_p99_s", "assert": "< 4", "where": {"policy": "waterfall"}}
      """, Self.values)
    #expect(found.map(\.policyName) == ["waterfall"])
    #expect(found.map(\.result.outcome) == [.fail])
  }

  @Test("a threshold on a population looks there only")
  func population() throws {
    let text = """
      {"id": "p99", "metric": "end_to_end_p99_s", "assert": "<= 3",
      "where": {"policy": "hard-stop", "population": "heavy"}}
      """
    let found = try Self.outcomes(text, Self.values, populations: true)
    #expect(found.map(\.result.value) == [3])
  }

  @Test("no data passes only where the threshold says so")
  func noData() throws {
    let text = """
      {"id": "p99", "metric": "end_to_end_p99_s", "assert": "<= 3", "allowEmpty": true,
      "where": {"policy": "third"}}
      """
    #expect(try Self.outcomes(text, Self.values).map(\.result.reason) == [.emptyAllowed])
  }

  @Test("an interval that straddles its bound is inconclusive")
  func straddles() throws {
    let text = """
      {"id": "p99", "metric": "end_to_end_p99_s", "assert": "<= 3.5", "on": "ci_upper",
      "where": {"policy": "hard-stop"}}
      """
    #expect(try Self.outcomes(text, Self.values).map(\.result.outcome) == [.inconclusive])
  }

  @Test("a change in per cent is from the baseline, which is not held against itself")
  func change() throws {
    let text = #"{"id": "p99", "metric": "end_to_end_p99_s", "assert": "<= 50%"}"#
    let found = try Self.outcomes(text, Self.values)
    #expect(found.map(\.policyName) == ["waterfall", "third"])
    #expect(found.map(\.result.outcome) == [.pass, .fail])
  }

  @Test("a change is from the policy that the threshold names")
  func versus() throws {
    let text = """
      {"id": "p99", "metric": "end_to_end_p99_s", "assert": "== -1", "on": "every_replication",
      "versus": "waterfall"}
      """
    let found = try Self.outcomes(text, [Self.values[0], Self.values[1], Self.values[1]])
    #expect(found.map(\.policyName) == ["hard-stop", "third"])
    #expect(found.map(\.result.outcome) == [.pass, .fail])
    #expect(found.map(\.result.value) == [-1, 0])
  }

  @Test("a change from a policy that does not exist, or from itself, is an error")
  func versusFails() {
    for (other, suggestion) in [("waterfal", "waterfall"), ("hard-stop", nil)] {
      let found = issues([
        "tiny.json": tiny(
          "\"where\": {\"policy\": \"waterfall\"}",
          by: "\"where\": {\"policy\": \"hard-stop\"}, \"versus\": \"\(other)\"")
      ])
      #expect(found.map(\.pointer.description) == ["/thresholds/0/versus"])
      #expect(found.first?.suggestion == suggestion)
    }
  }
}
