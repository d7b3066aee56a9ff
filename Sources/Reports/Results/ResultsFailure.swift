public import WeirFormats

/// Why results cannot be read back.
public enum ResultsFailure: Error, Sendable {
  /// A file cannot be read.
  case missing(path: String, reason: String)
  /// A file holds something else than results.
  case invalid([ScenarioIssue])
  /// A file is not the one whose digest the manifest holds.
  case altered(path: String)
  /// There is no such point; `known` are those that there are.
  case unknownPoint(String, known: [String])
  /// There is no such policy; `known` are those that there are.
  case unknownPolicy(String, known: [String])
}
