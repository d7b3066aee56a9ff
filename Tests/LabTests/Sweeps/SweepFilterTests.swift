import Testing
import WeirFormats

@testable import WeirLab

@Suite struct SweepFilterTests {
  private func holds(_ text: String, _ values: [String: JSONNode]) throws -> Bool {
    try #require(SweepFilter(parsing: text)).holds { values[$0] }
  }

  @Test(
    "numbers, quantities and durations compare by their size",
    arguments: [
      ("/a <= 4", true), ("/a < 4", false), ("4 >= /a", true), ("/a == 4.0", true),
      ("/a != /b", true), ("/a < /b", true), ("/b > 3k", true), ("/b == 4000", true),
      ("/c < 2h", true), ("/c == 60m", true), ("/c > 30m", true),
    ])
  func sizes(_ text: String, _ expected: Bool) throws {
    #expect(try holds(text, ["/a": 4, "/b": "4k", "/c": "1h"]) == expected)
  }

  @Test("texts and flags are equal or different, and nothing else")
  func texts() throws {
    let values: [String: JSONNode] = ["/a": "fifo", "/b": true]
    #expect(try holds("/a == fifo", values))
    #expect(try holds("/a != priority", values))
    #expect(try holds("/b == true", values))
    #expect(try !holds("/a < priority", values))
  }

  @Test("an axis that a point leaves as it is satisfies nothing")
  func absent() throws {
    #expect(try !holds("/a == 1", [:]))
    #expect(try !holds("/a != 1", [:]))
  }

  @Test(
    "what is no condition on an axis is refused",
    arguments: ["", "/a", "/a =< 4", "1 < 2", "/~ < 1"])
  func malformed(_ text: String) {
    #expect(SweepFilter(parsing: text) == nil)
  }
}
