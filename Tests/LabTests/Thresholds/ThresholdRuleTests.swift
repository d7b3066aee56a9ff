import Testing
import WeirLab

@Suite struct ThresholdRuleTests {
  private func rule(
    _ text: String, on subject: ThresholdRule.Subject = .mean, allowsEmpty: Bool = false
  ) throws -> ThresholdRule {
    ThresholdRule(
      try #require(Assertion(parsing: text)), on: subject, allowsEmpty: allowsEmpty)
  }

  /// Mean 2.5, and 2.5 ± 2.0542 at 95 % (t = 3.182446305, s = 1.290994449).
  private let four: [Double?] = [1, 2, 3, 4]

  @Test("a mean passes or fails by its side of the bound")
  func mean() throws {
    let pass = try rule("<= 2.5").evaluate(four)
    #expect(pass.outcome == .pass)
    #expect(pass.value == 2.5)
    let fail = try rule("< 2.5").evaluate(four)
    #expect(fail.outcome == .fail)
    #expect(fail.reason == .violated)
    #expect(fail.value == 2.5)
    #expect(try rule("== 2.5").evaluate(four).outcome == .pass)
  }

  @Test("no data fails, unless the threshold allows it")
  func noData() throws {
    for values in [[], [nil, nil]] as [[Double?]] {
      #expect(try rule(">= 0").evaluate(values).reason == .noData)
      #expect(try rule(">= 0").evaluate(values).outcome == .fail)
      #expect(try rule(">= 0", allowsEmpty: true).evaluate(values).outcome == .pass)
    }
  }

  @Test("a replication without a value fails, however good the others are")
  func undefinedReplication() throws {
    let result = try rule(">= 0").evaluate([1, nil, 3])
    #expect(result.outcome == .fail)
    #expect(result.reason == .undefined(1, of: 3))
    #expect(try rule(">= 0", allowsEmpty: true).evaluate([1, nil, 3]).value == 2)
  }

  @Test("what is not a finite number fails", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(_ value: Double) throws {
    #expect(try rule(">= 0").evaluate([1, value]).reason == .notFinite)
    #expect(try rule(">= 0", allowsEmpty: true).evaluate([1, value]).outcome == .fail)
  }

  @Test("an end of the interval passes, fails, or straddles the bound")
  func intervals() throws {
    #expect(try rule("<= 5", on: .intervalUpper).evaluate(four).outcome == .pass)
    let straddling = try rule("<= 4", on: .intervalUpper).evaluate(four)
    #expect(straddling.outcome == .inconclusive)
    // ⌈4 (2.0542 / 1.5)²⌉
    #expect(straddling.reason == .straddles(replicationsNeeded: 8))
    #expect(try rule("<= 0.4", on: .intervalUpper).evaluate(four).reason == .violated)
    #expect(try rule(">= 0.4", on: .intervalLower).evaluate(four).outcome == .pass)
    #expect(try rule(">= 1", on: .intervalLower).evaluate(four).outcome == .inconclusive)
    #expect(try rule(">= 5", on: .intervalLower).evaluate(four).outcome == .fail)
    #expect(try rule("== 2.5", on: .intervalLower).evaluate(four).outcome == .inconclusive)
    #expect(try rule("== 9", on: .intervalLower).evaluate(four).outcome == .fail)
  }

  @Test("a mean on the bound itself can never be told from it")
  func onTheBound() throws {
    let result = try rule("<= 2.5", on: .intervalUpper).evaluate(four)
    #expect(result.reason == .straddles(replicationsNeeded: nil))
  }

  @Test("one replication has no interval")
  func oneReplication() throws {
    let result = try rule("<= 5", on: .intervalUpper).evaluate([1])
    #expect(result.outcome == .fail)
    #expect(result.reason == .tooFewReplications(1))
  }

  @Test("every replication has to hold, and the worst is shown")
  func everyReplication() throws {
    let result = try rule("<= 2", on: .everyReplication).evaluate(four)
    #expect(result.reason == .violatedIn(2, of: 4))
    #expect(result.value == 4)
    #expect(try rule(">= 1", on: .worstReplication).evaluate(four).value == 1)
    #expect(try rule(">= 1", on: .worstReplication).evaluate(four).outcome == .pass)
  }

  @Test("against a baseline the change counts, pair by pair")
  func versusBaseline() throws {
    let better = four.map { $0.map { $0 + 1 } }
    #expect(try rule(">= 1").evaluate(better, versus: four).value == 1)
    let paired = try rule(">= 1", on: .pairedIntervalLower).evaluate(better, versus: four)
    #expect(paired.outcome == .pass)
    #expect(try rule(">= 1", on: .pairedIntervalLower).evaluate(four).reason == .noBaseline)
    #expect(try rule(">= 1").evaluate([1, nil], versus: [nil, 1]).reason == .noData)
  }

  @Test("a relative bound is a change in per cent")
  func relative() throws {
    let base: [Double?] = [100, 200, 300]
    let candidate: [Double?] = [99, 198, 297]
    let pass = try rule(">= -2%", on: .pairedIntervalLower).evaluate(candidate, versus: base)
    #expect(pass.outcome == .pass)
    #expect((try #require(pass.value) + 1).magnitude < 1e-9)
    #expect(
      try rule(">= -0.5%", on: .pairedIntervalLower).evaluate(candidate, versus: base).outcome
        == .fail)
    #expect(try rule(">= -2%").evaluate(candidate).reason == .noBaseline)
    #expect(try rule(">= -2%").evaluate([0, 1], versus: [1, 1]).reason == .notPositive)
  }

  @Test("a straddled relative bound says how many replications are needed")
  func relativeInconclusive() throws {
    let result = try rule(">= -2%", on: .pairedIntervalLower)
      .evaluate([101, 95, 104, 99], versus: [100, 100, 100, 100])
    #expect(result.outcome == .inconclusive)
    guard case .straddles(let needed?) = result.reason else {
      Issue.record("expected a number of replications, not \(result.reason)")
      return
    }
    #expect(needed > 4)
  }

  @Test("names in scenarios are those of the reference")
  func names() {
    #expect(
      ThresholdRule.Subject.allCases.map(\.rawValue) == [
        "mean", "ci_lower", "ci_upper", "paired_ci_lower", "paired_ci_upper", "every_replication",
        "worst_replication",
      ])
  }
}
