import Foundation
import Testing

@testable import WeirCommandLine

@Suite struct GalleryCommandTests {
  @Test("each study gets a report, a picture and a reading, and one page leads to all")
  func written() throws {
    let scratch = try ReportCommandTests.results()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/something-else", withIntermediateDirectories: false)
    let captured = CapturedConsole()
    #expect(captured.run("gallery", scratch.path + "/") == .success)
    #expect(captured.error.contains("/README.md: 1 study\n"))
    for name in ["report.html", "picture.svg", "README.md"] { #expect(scratch.has("out/" + name)) }
    #expect(try scratch.text("README.md").contains("](out/picture.svg)"))
    let page = try scratch.text("out/report.html")
    #expect(CapturedConsole().run("report", scratch.path + "/out") == .success)
    #expect(try scratch.text("out/report.html") == page)
  }

  @Test("a folder without any results ends with 66, and says what writes them")
  func missing() throws {
    let scratch = try ScratchFolder()
    let captured = CapturedConsole()
    #expect(captured.run("gallery", scratch.path) == .missingInput)
    #expect(captured.error.contains("holds no folder of results"))
  }
}
