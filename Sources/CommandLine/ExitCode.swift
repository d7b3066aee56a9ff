import WeirLab

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

extension ExitCode {
  /// How a command that judged thresholds ends: failed before inconclusive, if that is to count.
  static func of(_ outcomes: [ThresholdOutcome], isStrict: Bool) -> ExitCode {
    if outcomes.contains(where: { $0.result.outcome == .fail }) { return .thresholdFailed }
    let isInconclusive = outcomes.contains { $0.result.outcome == .inconclusive }
    return isStrict && isInconclusive ? .inconclusive : .success
  }

  /// The code of several pieces of work: the one of these that was met and stands first here.
  ///
  /// What went wrong with Weir, the machine or the files comes before what was measured.
  private static let bySeverity: [ExitCode] = [
    .interrupted, .violatedInvariant, .cannotWrite, .usage, .invalidInput, .missingInput,
    .incomplete, .thresholdFailed, .inconclusive, .success,
  ]

  /// The worse of two codes, in the order that `weir help` states.
  func worse(_ other: ExitCode) -> ExitCode {
    Self.bySeverity.first { $0 == self || $0 == other } ?? self
  }
}
