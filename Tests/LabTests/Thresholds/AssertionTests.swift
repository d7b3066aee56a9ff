import Testing
import WeirLab

@Suite struct AssertionTests {
  @Test(
    "assertions are a comparison and a number",
    arguments: [
      ("<= 30", Assertion(.lessOrEqual, 30)), (">= 0.9", Assertion(.greaterOrEqual, 0.9)),
      ("== 0", Assertion(.equal, 0)), ("< 5", Assertion(.less, 5)),
      (">-1e3", Assertion(.greater, -1000)),
      ("  <=30  ", Assertion(.lessOrEqual, 30)),
      (">= -2%", Assertion(.greaterOrEqual, -2, isRelative: true)),
      ("<= 1.5 %", Assertion(.lessOrEqual, 1.5, isRelative: true)),
    ])
  func parsing(text: String, expected: Assertion) {
    #expect(Assertion(parsing: text) == expected)
  }

  @Test(
    "anything else is no assertion",
    arguments: [
      "", "30", "<=", "<= ", "= 5", "=> 5", "!= 5", "<= nan", "<= inf", "<= 0x10", "<= 1e999",
      "<= 5s", "<= 1,5", "<= .5", "<= 5.", "<= 1e", "<= 5 6", "<= %", "<= 5%%", "≤ 5", "<= - 5",
    ])
  func parsingFails(_ text: String) {
    #expect(Assertion(parsing: text) == nil)
  }

  @Test("each comparison holds on its side of the bound, and says so about the bound itself")
  func holds() {
    func outcomes(_ comparison: Assertion.Comparison) -> [Bool] {
      [4, 5, 6, .nan].map { Assertion(comparison, 5).holds(for: $0) }
    }
    #expect(outcomes(.less) == [true, false, false, false])
    #expect(outcomes(.lessOrEqual) == [true, true, false, false])
    #expect(outcomes(.equal) == [false, true, false, false])
    #expect(outcomes(.greaterOrEqual) == [false, true, true, false])
    #expect(outcomes(.greater) == [false, false, true, false])
  }

  @Test("the worst value is the farthest on the wrong side")
  func worst() {
    #expect(Assertion(.lessOrEqual, 5).worst(of: [1, 9, 4]) == 9)
    #expect(Assertion(.greater, 5).worst(of: [1, 9, 4]) == 1)
    #expect(Assertion(.equal, 5).worst(of: [1, 8, 4]) == 1)
    #expect(Assertion(.equal, 5).worst(of: []) == nil)
  }
}
