import Testing
import WeirFormats

@testable import WeirSimulation

@Suite struct TraceBuilderTests {
  @Test("of many malformed rows the first are reported, and the others counted")
  func cap() throws {
    let rows = (0..<50).map { $0 % 2 == 0 ? "x" : String($0) }.joined(separator: "\n")
    let issues = try IntentsTests.read("time_ns\n" + rows).issues
    #expect(issues.count == TraceBuilder.mostIssues + 1)
    #expect(issues.dropLast().map { $0.position?.line } == (0..<20).map { 2 * $0 + 2 })
    let last = try #require(issues.last)
    #expect(last.position?.line == 42)
    #expect(IssueRenderer.message(last) == "5 more malformed rows from here on")
  }

  @Test("as many malformed rows as are reported leave nothing to count")
  func exactly() throws {
    let rows = Array(repeating: "x", count: TraceBuilder.mostIssues).joined(separator: "\n")
    let issues = try IntentsTests.read("time_ns\n1\n" + rows).issues
    #expect(issues.count == TraceBuilder.mostIssues)
    #expect(issues.last?.problem.name == "wrongKind")
  }

  @Test("operations have a number of their own, up to a limit")
  func operations() {
    var builder = TraceBuilder()
    #expect(builder.operation(named: "a") == 0)
    #expect(builder.operation(named: "b") == 1)
    #expect(builder.operation(named: "a") == 0)
    for number in 2..<TraceBuilder.mostOperations { _ = builder.operation(named: "o\(number)") }
    #expect(builder.operation(named: "one too many") == nil)
    #expect(builder.operation(named: "b") == 1)
  }

  @Test("a call takes 80 bytes and a session 32")
  func size() {
    #expect(MemoryLayout<RecordedCall>.stride == 80)
    #expect(MemoryLayout<RecordedSession>.stride == 32)
  }
}
