import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir gallery`: reports, pictures and readings for every study in a folder, and a page to them.
enum GalleryCommand: Command {
  static let specification = CommandSpecification(
    name: "gallery", summary: "Make reports, pictures and readings of all results in a folder",
    operands: [.init(name: "FOLDER", help: "A folder of folders of results, such as Results.")],
    options: [],
    discussion: """
      Beside the tables of each study it writes report.html, picture.svg and README.md (what was \
      asked, what was found, how to repeat it), and in FOLDER a README.md that leads to all of \
      them. Folders without results are passed over. Everything is made from the files of the \
      results, and is the same for the same results, byte for byte.
      """,
    examples: ["weir gallery Results"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let folder = ResultPath.withoutSlashes(arguments.operands[0])
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let studies = names.sorted().filter {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/manifest.json")
    }
    guard !studies.isEmpty else {
      console.warn("weir: \(folder) holds no folder of results\n")
      console.warn("  results are written by: weir run SCENARIO\n")
      return .missingInput
    }
    do throws(ResultsFailure) {
      var exhibits: [(folder: String, exhibit: Exhibit)] = []
      for study in studies {
        exhibits.append((study, Exhibit(try StudyResults("\(folder)/\(study)"))))
      }
      return write(exhibits, to: folder, console)
    } catch {
      return ResultsProblems.report(error, console)
    }
  }

  private static func write(
    _ exhibits: [(folder: String, exhibit: Exhibit)], to folder: String, _ console: Console
  ) -> ExitCode {
    do throws(ResultFailure) {
      for (study, exhibit) in exhibits {
        for file in exhibit.files {
          try TextFile.write(file.text, to: "\(folder)/\(study)/\(file.name)")
        }
      }
      let index = "\(folder)/\(GalleryIndex.fileName)"
      try TextFile.write(GalleryIndex.text(exhibits), to: index)
      console.warn("\(index): \(NumberText.counted(exhibits.count, "study", "studies"))\n")
      return .success
    } catch {
      return ResultsProblems.report(error, console)
    }
  }
}
