import Foundation
import Testing

@testable import WeirReports

@Suite struct GalleryTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized.path

  static func exhibit() throws -> Exhibit { Exhibit(try SampleResults.shared()) }

  static func file(_ name: String) throws -> String {
    try #require(try exhibit().files.first { $0.name == name }).text
  }

  /// The committed studies.
  static func studies() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root + "/Results").sorted().filter {
      FileManager.default.fileExists(atPath: "\(root)/Results/\($0)/manifest.json")
    }
  }

  @Test("the committed gallery is what the committed results give, byte for byte")
  func committed() throws {
    let exhibits = try Self.studies().map { name in
      (folder: name, exhibit: Exhibit(try StudyResults("\(Self.root)/Results/\(name)")))
    }
    #expect(!exhibits.isEmpty)
    for (folder, exhibit) in exhibits {
      for file in exhibit.files {
        let kept = try String(
          contentsOfFile: "\(Self.root)/Results/\(folder)/\(file.name)", encoding: .utf8)
        #expect(kept == file.text, "\(folder)/\(file.name): weir gallery Results")
      }
    }
    let index = try String(contentsOfFile: Self.root + "/Results/README.md", encoding: .utf8)
    #expect(index == GalleryIndex.text(exhibits), "README.md: weir gallery Results")
  }

  @Test("a reading says what was asked, what was found and how to repeat it")
  func reading() throws {
    let text = try Self.file("README.md")
    #expect(text.hasPrefix("# sample\n"))
    #expect(text.contains("does best on the primary metric, surely better than the baseline"))
    #expect(text.contains("| **hard-stop** (baseline) |"))
    #expect(text.contains("| scrapers (abusive) |"))
    #expect(text.contains("Thresholds: "))
    #expect(text.contains("```\nweir run sample.json\n```"))
    for link in text.components(after: "](") {
      let target = link.prefix { $0 != ")" }
      #expect(["picture.svg", "report.html", "datapackage.json"].contains(target))
    }
  }

  @Test("nothing that stands in a scenario becomes markup")
  func escaped() throws {
    let page = GalleryIndex.text([("sample", try Self.exhibit())])
    for text in [try Self.file("README.md"), page] {
      #expect(!text.contains("<script") && !text.contains("</title>"))
      #expect(text.contains("&lt;script&gt;"))
    }
  }

  @Test("a picture stands alone, light and dark, with its title and what its signs mean")
  func picture() throws {
    let text = try Self.file("picture.svg")
    #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(text.contains("@media (prefers-color-scheme:dark){"))
    #expect(!text.contains("var(--") && !text.contains("<script"))
    #expect(text.contains(">Where served demand came from, and what became of the rest</text>"))
    #expect(text.contains(">refused for good</text>"))
  }

  @Test("of one policy the picture shows how long things take")
  func alone() throws {
    let exhibit = Exhibit(try SampleResults(sampleScenarioOfOnePolicy()).read())
    #expect(exhibit.pictureInWords.hasPrefix("From first attempt to end, all ordinary accounts"))
    #expect(exhibit.answer.hasPrefix("There is one policy, open."))
  }
}
