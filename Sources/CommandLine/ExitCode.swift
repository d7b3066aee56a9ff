/// How the process ends, as its users' scripts see it.
enum ExitCode: Int32, CaseIterable {
  /// All went well.
  case success = 0
  /// The command line cannot be understood.
  case usage = 64
  /// A scenario or another input is invalid.
  case invalidInput = 65
  /// An input is not there.
  case missingInput = 66
  /// An invariant of Weir is violated: a fault of Weir.
  case violatedInvariant = 70
  /// An output cannot be written.
  case cannotWrite = 74
  /// Not all that was needed is there yet.
  case incomplete = 75
  /// A threshold is inconclusive, and `--strict` was given.
  case inconclusive = 98
  /// A threshold failed.
  case thresholdFailed = 99
  /// The user interrupted.
  case interrupted = 130

  /// What the code means, for the help.
  var meaning: String {
    switch self {
    case .success: "fine"
    case .usage: "the command line cannot be understood"
    case .invalidInput: "a scenario or another input is invalid"
    case .missingInput: "an input is missing"
    case .violatedInvariant: "an invariant is violated (a fault of Weir)"
    case .cannotWrite: "an output cannot be written"
    case .incomplete: "results are incomplete"
    case .inconclusive: "a threshold is inconclusive, with --strict"
    case .thresholdFailed: "a threshold failed"
    case .interrupted: "interrupted"
    }
  }
}
