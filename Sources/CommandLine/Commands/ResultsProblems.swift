import WeirFormats
import WeirLab
import WeirReports

/// Words and exit codes for what can go wrong with a folder of results.
enum ResultsProblems {
  /// Says why results cannot be read.
  static func report(_ failure: ResultsFailure, _ console: Console) -> ExitCode {
    switch failure {
    case .missing(let path, let reason):
      console.warn("weir: cannot read \(path): \(reason)\n")
      console.warn("  results are written by: weir run SCENARIO\n")
      return .missingInput
    case .invalid(let issues):
      console.warn(IssueRenderer.text(issues))
      return .invalidInput
    case .altered(let path):
      console.warn("weir: \(path) is not what its manifest says: it was changed after the run\n")
      console.warn("  run the scenario again, and look at what Weir measured\n")
      return .invalidInput
    case .unknownPoint(let name, let known): return unknown("point", name, known, console)
    case .unknownPolicy(let name, let known): return unknown("policy", name, known, console)
    }
  }

  private static func unknown(
    _ what: String, _ name: String, _ known: [String], _ console: Console
  ) -> ExitCode {
    let hint = nearestName(name, in: known).map { "; did you mean \($0)?" } ?? ""
    console.warn("weir: there is no \(what) \(JSONWriter.quoted(name))\(hint)\n")
    console.warn("  there are: \(known.joined(separator: "  "))\n")
    return .usage
  }

  /// Says why something cannot be written.
  static func report(_ failure: ResultFailure, _ console: Console) -> ExitCode {
    switch failure {
    case .cannotWrite(let path, let reason):
      console.warn("weir: cannot write \(path): \(reason)\n")
    case .occupied(let folder, _):
      console.warn("weir: \(folder) is left as it is: it holds files that Weir did not write\n")
      console.warn("  choose another folder with -o FOLDER\n")
    }
    return .cannotWrite
  }
}
