import Testing
import WeirSimulation

@testable import WeirLab

@Suite struct ScenarioCheckTests {
  /// The check of the tiny scenario with one piece replaced.
  static func check(_ piece: String = ">= 0.1", by other: String = ">= 0.1") throws -> ScenarioCheck
  {
    try ScenarioCheck(try TinyScenario.file(tiny(piece, by: other)), jobs: 1)
  }

  @Test("thresholds that pass leave nothing to say, those that do not are told")
  func violations() throws {
    #expect(try Self.check().violations() == [])
    let found = try Self.check(by: ">= 2").violations()
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("served: served_share of waterfall >= 2: found 0."))
    #expect(found[0].hasSuffix(": does not hold"))
  }

  @Test("an inconclusive threshold is a violation too")
  func inconclusive() throws {
    let mean = try #require(
      MeanInterval(
        Moments(
          try Self.check().summary.values(of: .servedShare, policy: 1).compactMap { $0 })))
    let found = try Self.check(
      "\">= 0.1\"", by: "\"<= \(mean.mean)\", \"on\": \"ci_upper\""
    ).violations()
    #expect(found.first?.contains("straddles") == true, "\(found)")
  }

  @Test("a bound of the test is judged like one of the scenario")
  func bounds() throws {
    let check = try Self.check()
    #expect(check.violation(of: .servedShare, under: "waterfall", ">= 0.1") == nil)
    #expect(check.violation(of: .servedShare, under: "hard-stop", "<= 0.01") != nil)
    #expect(
      check.violation(
        of: .servedShare, under: "waterfall", ">= 0", on: .everyReplication, versus: "hard-stop",
        population: "heavy") == nil)
    let nothing = check.violation(of: .endToEndP999, under: "waterfall", ">= 0")
    #expect(nothing == "end_to_end_p999_s of waterfall: no data")
  }

  @Test("a scenario that cannot be read is told with its issues")
  func unreadable() throws {
    do {
      _ = try ScenarioCheck("/nowhere/s.json")
      Issue.record("it was read")
    } catch {
      #expect("\(error)".contains("cannot read /nowhere/s.json"))
    }
  }

  @Test("a bound that cannot be read ends the program")
  func badBound() async {
    await #expect(processExitsWith: .failure) {
      let text = "at most 3"
      _ = Assertion(stringLiteral: text)
    }
  }
}
