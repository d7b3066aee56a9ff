import Foundation
import FoundationXML
import Testing
import WeirFormats
import WeirLab

@testable import WeirReports

@Suite struct TestReportTests {
  /// A file whose issues are these texts, each beside a line of it.
  static func unreadable(_ reasons: [String], path: String = "a.json") -> ScenarioTest {
    let source = SourceFile(name: path, text: "{\n}\n")
    let position = SourcePosition(file: source, offset: 2)
    return ScenarioTest(
      path,
      .unreadable(
        .invalid(reasons.map { ScenarioIssue(.unusable(reason: $0), position: position) })))
  }

  static let hostile = "a <b> & \"c\" 'd' ]]> \u{1B}[31m \u{0} é 漢 | `x` % : ,\nnext"

  @Test("JUnit XML parses whatever the names and texts hold, and says them again")
  func junit() throws {
    let tests = [
      Self.unreadable([Self.hostile, "plain"], path: "<&\"'>.json"),
      ScenarioTest("none.json", .withoutThresholds),
    ]
    let found = try ParsedXML(JUnitReport.xml(tests))
    #expect(found.elements.map(\.name).filter { $0 == "testsuite" }.count == 2)
    let suite = try #require(found.elements.first { $0.name == "testsuite" })
    #expect(suite.attributes["file"] == "<&\"'>.json")
    #expect(suite.attributes["tests"] == "2")
    #expect(suite.attributes["errors"] == "2")
    let error = try #require(found.elements.first { $0.name == "error" })
    let message = try #require(error.attributes["message"])
    #expect(message.hasPrefix("a <b> & \"c\" 'd' ]]> \u{FFFD}[31m \u{FFFD} é 漢"))
    #expect(found.text.contains("a <b> & \"c\" 'd' ]]>"))
  }

  @Test("annotations are at most ten of a level, the last of more says how many are left out")
  func annotations() {
    for count in [0, 1, 9, 10, 11, 500] {
      let text = GitHubReport.annotations([Self.unreadable((0..<count).map { "issue \($0)" })])
      let lines = text.split(separator: "\n")
      #expect(lines.count == min(count, 10))
      #expect(lines.allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::error::") })
      guard count > 10 else { continue }
      #expect(lines.last == "::error::\(count - 9) more are in the log of this step")
    }
  }

  @Test("an annotation is one line that names the file and the line, whatever it says")
  func annotation() {
    let text = GitHubReport.annotations([Self.unreadable([Self.hostile], path: "a,b:c.json")])
    #expect(text.hasPrefix("::error file=a%2Cb%3Ac.json,line=2,col=1,title=a%2Cb%3Ac.json%3A"))
    #expect(text.split(separator: "\n").count == 1)
    #expect(text.contains("%25 : ,%0Anext"))
  }

  @Test("a summary lets nothing through that would be a tag or end a cell")
  func summary() throws {
    let text = GitHubReport.summary([Self.unreadable([Self.hostile])])
    #expect(text.hasPrefix("### Weir: 0 of 1 thresholds pass\n"))
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| ERROR") })
    #expect(!row.contains("<b>"))
    #expect(row.contains("\\| \\`x\\`"))
    #expect(row.replacingOccurrences(of: "\\|", with: "").filter { $0 == "|" }.count == 4)
  }

  @Test("a summary stays within what GitHub takes, and says that it was cut")
  func summaryLimit() {
    let tests = [Self.unreadable((0..<200).map { "issue \($0)" })]
    let whole = GitHubReport.summary(tests)
    #expect(whole.contains("issue 199"))
    for limit in [whole.utf8.count, whole.utf8.count - 1, 1_000, 100] {
      let text = GitHubReport.summary(tests, limit: limit)
      #expect(text.utf8.count <= limit)
      #expect(text.hasSuffix("(Cut: GitHub takes no more.)\n") || text == whole)
    }
  }
}

/// The elements of an XML document, in order.
final class ParsedXML: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private(set) var text = ""

  init(_ document: String) throws {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { throw try #require(parser.parserError) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) { elements.append((name, attributes)) }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
