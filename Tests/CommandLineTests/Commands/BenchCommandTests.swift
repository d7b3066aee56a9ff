import Testing
import WeirAccess
import WeirFormats

@testable import WeirCommandLine

@Suite struct BenchCommandTests {
  @Test("chosen layers are measured, beside a stack of none")
  func table() {
    let captured = CapturedConsole()
    let code = captured.run(
      "bench", "--layer", "gcra", "--layer=pacer", "--requests", "600", "--accounts", "7")
    #expect(code == .success)
    for name in ["\n(no layer) ", "\ngcra ", "\npacer ", "ns, 7 accounts"] {
      #expect(captured.output.contains(name), "\(captured.output)")
    }
    #expect(!captured.output.contains("fixedWindow"))
    #expect(!captured.output.contains("kernel"))
  }

  @Test("the figures as JSON are one document")
  func document() throws {
    let captured = CapturedConsole()
    let words = ["--layer", "cycles", "--requests", "600", "--accounts", "7", "--accounts", "9"]
    #expect(WeirProgram.run(["bench", "--json"] + words, captured.context) == .success)
    let source = SourceFile(name: "figures", text: captured.output)
    let figures = try #require(JSONNode.parse(source).node)
    let layers = try #require(figures["layers"]?.elements)
    #expect(layers.map { $0["name"]?.text } == ["(no layer)", "cycles"])
    #expect(layers[1]["times"]?.elements?.map { $0["accounts"]?.magnitude } == [7, 9])
  }

  @Test(
    "what cannot be measured is a mistake of usage",
    arguments: [
      (["--layer", "tokenbucket"], "did you mean tokenBucket?"),
      (["--requests", "0"], "expected a whole number from 1 to 1000000000"),
      (["--accounts", "none"], "expected a whole number from 1"),
      (["gcra"], "nothing is expected where \"gcra\" stands"),
    ] as [([String], String)])
  func mistakes(_ words: [String], _ problem: String) {
    let captured = CapturedConsole()
    #expect(WeirProgram.run(["bench"] + words, captured.context) == .usage)
    #expect(captured.error.contains(problem), "\(captured.error)")
  }

  @Test("the documentation has a row for every layer, in the order of the catalogue")
  func documented() throws {
    let page = try ReadmeTests.text("Sources/Weir.docc/Reference/LayerCosts.md")
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
      String($0.split(separator: "`")[1])
    }
    #expect(rows == Catalogue.layers.variants.map(\.name))
  }
}
