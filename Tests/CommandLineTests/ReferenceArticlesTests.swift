import Foundation
import Testing

@testable import WeirCommandLine

/// The reference of the documentation is what the program declares.
@Suite struct ReferenceArticlesTests {
  static let command = "weir catalogue --write Sources/Weir.docc/Reference"

  @Test(
    "the committed articles are current", arguments: ReferenceArticles().all().map(\.name))
  func current(name: String) throws {
    let article = try #require(ReferenceArticles().all().first { $0.name == name })
    let path = "Sources/Weir.docc/Reference/\(article.fileName)"
    let committed = try? ReadmeTests.text(path)
    #expect(committed == article.text, "\(path) is out of date; run: \(Self.command)")
  }

  @Test("the documentation lists every article of the reference")
  func listed() throws {
    let page = try ReadmeTests.text("Sources/Weir.docc/Weir.md")
    for article in ReferenceArticles().all() {
      #expect(page.contains("<doc:\(article.name)>"), "\(article.name)")
    }
  }

  @Test("each variant and metric that a scenario can name is described once")
  func complete() {
    let articles = ReferenceArticles().all()
    let headings = articles.flatMap { $0.text.split(separator: "\n") }.filter { $0.hasPrefix("#") }
    let layers = headings.filter { $0 == "### `tokenBucket`" }
    #expect(layers.count == 1)
    #expect(headings.contains("## weir run") && headings.contains("## runs.csv"))
  }

  @Test("the catalogue writes the articles into a folder")
  func write() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.path + "/reference"
    #expect(CapturedConsole().run("catalogue", "--write", folder) == .success)
    for article in ReferenceArticles().all() {
      #expect(try scratch.text("reference/\(article.fileName)") == article.text)
    }
    #expect(CapturedConsole().run("catalogue", "--write", "/proc/weir") == .cannotWrite)
  }
}
