import Testing
import WeirFormats

@testable import WeirSimulation

@Suite struct AzureRequestsTests {
  /// Three rows in the published form: CRLF, seven digits of a second, no line end at the end.
  static let published =
    "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.6805900,374,44\r\n"
    + "2023-11-16 18:15:50.9951690,396,109\r\n2023-11-16 18:16:51.0000001,91,16"

  static func read(_ text: String) throws -> TraceReading {
    let format = AzureRequests.read(from: .object([])).value
    return format.read(SourceFile(name: "trace.csv", text: text))
  }

  @Test(
    "each row is a session of one call that starts when it was recorded",
    arguments: [published, "\u{FEFF}" + published, published + "\r\n"])
  func rows(text: String) throws {
    let reading = try Self.read(text)
    #expect(reading.issues.isEmpty)
    let demand = reading.demand
    #expect(demand.hasStarts && !demand.hasAccounts && !demand.needsPauses)
    #expect(demand.sessions.map(\.start) == [0, 4_314_579_000, 64_319_410_100])
    #expect(demand.sessions.map(\.count) == [1, 1, 1])
    #expect(demand.calls.map(\.input) == [374, 396, 91])
    #expect(demand.calls.map(\.output) == [44, 109, 16])
    #expect(demand.calls.allSatisfy { $0.cachedInput == 0 && $0.work < 0 })
    #expect(demand.operations == ["request"])
  }

  @Test("the form of 2024, with an offset from UTC, is read too")
  func offset() throws {
    let demand = try Self.read(
      "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.009930+00:00,2162,5\n"
        + "2024-05-10 00:00:00.017335+00:00,2399,6\n"
    ).demand
    #expect(demand.sessions.map(\.start) == [0, 7_405_000])
  }

  @Test("rows that stand out of order start in the order of their times")
  func order() throws {
    let demand = try Self.read(
      "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:00:02,2,0\n"
        + "2023-11-16 18:00:01,1,0\n2023-11-16 18:00:02,3,0\n"
    ).demand
    #expect(demand.sessions.map(\.start) == [0, 1_000_000_000, 1_000_000_000])
    #expect(demand.sessions.map { demand.calls[Int($0.firstCall)].input } == [1, 2, 3])
  }

  @Test(
    "a malformed row is named by line and column",
    arguments: [
      ("2023-11-16 18:15:46,,44", "trace.csv:2:21", "ContextTokens", "found an empty cell"),
      ("2023-11-16 18:15:46,-1,44", "trace.csv:2:21", "ContextTokens", "from 0 to 1000000000"),
      ("2023-11-16 18:15:46,1,4x", "trace.csv:2:23", "GeneratedTokens", "found \"4x\""),
      ("16/11/2023 18:15,1,4", "trace.csv:2:1", "TIMESTAMP", "an instant like"),
      ("1969-12-31 23:59:59,1,4", "trace.csv:2:1", "TIMESTAMP", "an instant from 1970 to 2100"),
      ("2023-11-16 18:15:46,1", "trace.csv:2:1", nil, "expected 3 cells, found 2"),
    ])
  func malformed_Fails(row: String, place: String, column: String?, words: String) throws {
    let reading = try Self.read(
      "TIMESTAMP,ContextTokens,GeneratedTokens\r\n\(row)\r\n2023-11-16 18:15:47,1,1")
    let issue = try #require(reading.issues.first)
    #expect(reading.issues.count == 1)
    #expect(issue.position?.description == place)
    #expect(issue.column == column)
    #expect(IssueRenderer.message(issue).contains(words))
  }

  @Test("columns that are not there are named, all of them")
  func columns_Fails() throws {
    let issues = try Self.read("TIMESTAMP,context,Generated\n2023-11-16 18:15:46,1,1\n").issues
    #expect(issues.map(\.problem.name) == ["missingField", "missingField"])
    #expect(issues.map(\.position?.line) == [1, 1])
  }

  @Test(
    "a file without rows is refused",
    arguments: ["", "TIMESTAMP,ContextTokens,GeneratedTokens\r\n"]
  )
  func empty_Fails(text: String) throws {
    #expect(try Self.read(text).issues.map(\.problem.name) == ["syntax"])
  }
}
