/// What one check of the machine found.
public struct DoctorFinding: Sendable, Equatable {
  /// What was checked, in a few words.
  public let name: String
  /// How it went.
  public let verdict: Verdict
  /// What was found, with the numbers.
  public let text: String

  /// How a check went.
  public enum Verdict: String, Sendable {
    /// As it should be.
    case good
    /// Something does not work, and Weir can do without it.
    case note
    /// Results cannot be written here.
    case unusable
    /// Results would not be the same as elsewhere.
    case broken
  }
}
