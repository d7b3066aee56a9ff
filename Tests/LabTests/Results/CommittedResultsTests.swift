import Foundation
import Testing

@testable import WeirLab

/// The committed results are what the committed scenarios produce, byte for byte.
///
/// Those of larger scenarios are compared by `.ci/run` in a release build.
@Suite struct CommittedResultsTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized.path

  @Test("regenerated results are the committed ones", arguments: ["quickstart"])
  func regenerated(name: String) throws {
    let scratch = try Scratch()
    let study = Study(try ScenarioFile("\(Self.root)/Scenarios/\(name).json"))
    let options = StudyOptions(
      jobs: 2, folder: "\(scratch.path)/\(name)", command: "weir run Scenarios/\(name).json",
      for: study)
    let folder = try #require(try StudyRunner.run(study, options).folder)
    let committed = "\(Self.root)/Results/\(name)"
    let files = try Self.files(of: folder)
    #expect(try Self.files(of: committed) == files)
    for file in files {
      let made = FileManager.default.contents(atPath: "\(folder)/\(file)")
      let kept = FileManager.default.contents(atPath: "\(committed)/\(file)")
      #expect(made == kept, "\(file): weir run Scenarios/\(name).json")
    }
  }

  /// The names of the files that runs write and that do not differ from run to run.
  ///
  /// What `weir gallery` makes of them is compared by the tests of reports.
  private static func files(of folder: String) throws -> [String] {
    let others = [Provenance.fileName, "report.html", "picture.svg", "README.md"]
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { !others.contains($0) }
  }
}
