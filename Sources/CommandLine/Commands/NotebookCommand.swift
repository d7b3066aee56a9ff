import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir notebook`: results as a notebook for Python, with the data beside it.
enum NotebookCommand: Command {
  static let specification = CommandSpecification(
    name: "notebook", summary: "Write a Python notebook on results, its figures already drawn",
    operands: [.init(name: "RESULTS", help: "A folder of results.")],
    options: [
      .value(
        "--output", short: "-o", "FOLDER", "Where the files go; notebooks-export/NAME."),
      .value(
        "--point", "NAME",
        "The point of a sweep whose distributions and timelines are shown; the first."),
      .flag("--force", "Write into a folder that holds other files."),
    ],
    discussion: """
      Writes analysis.ipynb, the same as a script (analysis.py), the tables with their dictionary, \
      the Python packages in one version each, and a README with three commands. No Python is \
      needed for that. When the notebook is run it computes Weir's intervals, paired differences \
      and adjusted p-values again with scipy, and stops where they differ by more than 1e-9. \
      The files are the same for the same results, byte for byte, and replace those of the \
      previous export: keep work of your own in a copy.
      """,
    examples: ["weir run Scenarios/quickstart.json && weir notebook Results/quickstart"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let source = ResultPath.withoutSlashes(arguments.operands[0])
    let notebook: NotebookFiles
    do throws(ResultsFailure) {
      notebook = try NotebookFiles(source, point: arguments.text("--point"))
    } catch {
      return ResultsProblems.report(error, console)
    }
    let folder = ResultPath.withoutSlashes(
      arguments.text("--output") ?? "notebooks-export/\(notebook.name)")
    do throws(ResultFailure) {
      if !arguments.has("--force") { try checkPlace(folder) }
      try ResultPath.makeFolder(folder + "/data")
      for file in notebook.files { try TextFile.write(file.text, to: "\(folder)/\(file.path)") }
    } catch {
      return ResultsProblems.report(error, console)
    }
    let bytes = notebook.files.reduce(0) { $0 + $1.text.utf8.count }
    console.warn(
      "\(folder): \(notebook.files.count) files, \(NumberText.grouped(Int64(bytes))) bytes\n")
    return .success
  }

  /// Checks that a folder is empty, or one of a notebook.
  private static func checkPlace(_ folder: String) throws(ResultFailure) {
    var isFolder: ObjCBool = false
    let files = FileManager.default
    guard files.fileExists(atPath: folder, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else { throw .occupied(folder: folder, by: .notAFolder) }
    let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []
    if names.isEmpty || names.contains(NotebookFiles.mark) { return }
    throw .occupied(folder: folder, by: .otherFiles)
  }
}
