import Foundation
import Testing
import WeirFormats

@testable import WeirReports

@Suite struct StudyNotebookTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized.path

  static func notebook() throws -> StudyNotebook { StudyNotebook(try SampleResults.shared()) }

  static func document() throws -> JSONNode {
    let text = try notebook().document()
    let (node, issues) = JSONNode.parse(SourceFile(name: "analysis.ipynb", text: text))
    #expect(issues.isEmpty)
    return try #require(node)
  }

  static func joined(_ lines: JSONNode?) -> String {
    (lines?.elements ?? []).compactMap(\.text).joined()
  }

  @Test("the committed notebook is what the committed results give, byte for byte")
  func committed() throws {
    let notebook = try NotebookFiles(Self.root + "/Results/quickstart")
    let folder = Self.root + "/notebooks-export/quickstart"
    for file in notebook.files {
      let kept = try String(contentsOfFile: "\(folder)/\(file.path)", encoding: .utf8)
      #expect(kept == file.text, "\(file.path): weir notebook Results/quickstart")
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    let files = names.filter { $0 != "data" && !$0.hasPrefix(".") }
    #expect(files.sorted() == notebook.files.map(\.path).sorted())
  }

  @Test("a notebook is of format 4.5, its cells numbered")
  func format() throws {
    let document = try Self.document()
    #expect(document["nbformat"] == 4 && document["nbformat_minor"] == 5)
    let cells = try #require(document["cells"]?.elements)
    let ids = cells.compactMap { $0["id"]?.text }
    #expect(ids == cells.indices.map { "weir-" + String(String(10_001 + $0).dropFirst()) })
    for cell in cells {
      let isCode = cell["cell_type"]?.text == "code"
      #expect((cell["outputs"] != nil) == isCode)
      #expect((cell["execution_count"] != nil) == isCode)
    }
  }

  @Test("figures and tables are there before any cell is run, each with words beside it")
  func outputs() throws {
    let outputs = try #require(try Self.document()["cells"]?.elements)
      .flatMap { $0["outputs"]?.elements ?? [] }
    let data = outputs.compactMap { $0["data"] }
    #expect(data.count == outputs.count)
    let figures = data.filter { $0["image/svg+xml"] != nil }
    #expect(figures.count > 10)
    #expect(data.contains { $0["text/html"] != nil })
    for entry in data { #expect(!Self.joined(entry["text/plain"]).isEmpty) }
    for figure in figures {
      let text = Self.joined(figure["image/svg+xml"])
      #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
      #expect(!text.contains("<script") && !text.contains("var(--"))
    }
  }

  @Test("nothing that stands in a scenario becomes markup, nor code")
  func escaped() throws {
    let cells = try Self.notebook().cells
    for cell in cells {
      if cell.kind == .markdown { #expect(!cell.source.contains("<")) }
      if cell.kind == .code { #expect(!cell.source.contains("waterfall")) }
      for output in cell.outputs {
        for data in output.data where data.type != "text/plain" {
          #expect(!data.content.contains("<script"))
        }
      }
    }
  }

  @Test("every line of the script is one of a cell's code, or a comment")
  func script() throws {
    let text = sampleScenario.replacing(
      "\"description\":", with: "\"description\": \"a\\nimport os\\r\\u2028b\", \"comment\":")
    let start = try #require(text.firstRange(of: ", \"comment\":"))
    let end = try #require(text.firstRange(of: "\"seed\""))
    let cut = text[..<start.lowerBound] + ", " + text[end.lowerBound...]
    let notebook = StudyNotebook(try SampleResults(String(cut)).read())
    var code = notebook.cells.filter { $0.kind == .code }.flatMap {
      $0.source.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" }
    }[...]
    #expect(code.count > 200)
    let lines = notebook.script().split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for line in lines where !line.isEmpty && !line.hasPrefix("# ") && line != "#" {
      code = code.drop { $0.isEmpty || $0.hasPrefix("# ") }
      #expect(code.popFirst() == line)
    }
  }

  @Test("the tables beside a notebook are the results' own, with their part of the dictionary")
  func data() throws {
    let sample = try SampleResults()
    let files = try NotebookFiles(sample.path).files
    func text(_ path: String) throws -> String {
      try #require(files.first { $0.path == path }).text
    }
    for name in ["runs.csv", "comparison.csv", "latency.csv", "manifest.json"] {
      #expect(try text("data/" + name) == sample.text(name))
    }
    let package = SourceFile(name: "p", text: try text("data/datapackage.json"))
    let resources = try #require(JSONNode.parse(package).node?["resources"]?.elements)
    let paths = resources.compactMap { $0["path"]?.text }
    let tables = files.map(\.path).filter { $0.hasSuffix(".csv") }
    #expect(paths.map { "data/" + $0 }.sorted() == tables.sorted())
  }

  @Test("a file that was changed after the run gives no notebook")
  func altered() throws {
    let sample = try SampleResults()
    try sample.write(sample.text("runs.csv") + "\n", to: "runs.csv")
    #expect(throws: ResultsFailure.self) { try NotebookFiles(sample.path) }
  }

  @Test("one policy alone makes a notebook too")
  func alone() throws {
    let notebook = StudyNotebook(try SampleResults(sampleScenarioOfOnePolicy()).read())
    #expect(notebook.cells.contains { $0.source.contains("There is one policy, open") })
  }
}
