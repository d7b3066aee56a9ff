import Foundation
import Testing

@testable import WeirCommandLine

@Suite struct NotebookCommandTests {
  @Test("a folder of results gets its notebook, and again over the last one")
  func written() throws {
    let scratch = try ReportCommandTests.results()
    let words = ["notebook", scratch.path + "/out/", "-o", scratch.path + "/book"]
    let captured = CapturedConsole()
    #expect(captured.run(words) == .success)
    #expect(captured.error.contains("/book: 14 files"))
    #expect(try scratch.text("book/README.md").contains("# small: a notebook"))
    let first = try scratch.text("book/analysis.ipynb")
    #expect(CapturedConsole().run(words) == .success)
    #expect(try scratch.text("book/analysis.ipynb") == first)
  }

  @Test("a folder of something else is left alone unless --force says otherwise")
  func occupied() throws {
    let scratch = try ReportCommandTests.results()
    let words = ["notebook", scratch.path + "/out", "-o", scratch.path]
    let captured = CapturedConsole()
    #expect(captured.run(words) == .cannotWrite)
    #expect(captured.error.contains("holds files that Weir did not write"))
    #expect(!scratch.has("analysis.ipynb"))
    #expect(CapturedConsole().run(words + ["--force"]) == .success)
    #expect(scratch.has("analysis.ipynb"))
  }

  @Test("a folder without results ends with 66")
  func missing() throws {
    let scratch = try ScratchFolder()
    #expect(CapturedConsole().run("notebook", scratch.path) == .missingInput)
  }
}
