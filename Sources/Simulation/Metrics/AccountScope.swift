/// Whose requests a number is of.
public enum AccountScope: Sendable, Hashable {
  /// All accounts.
  case everyone
  /// The accounts of the populations that are not labelled as abusive, where others are.
  ///
  /// A study with labelled accounts is about the others: a few that never stop asking can make most
  /// of the sessions, attempts and refusals of everyone.
  case unlabelled
  /// The accounts of one population, as an index into the setting.
  case population(Int)

  /// What stands for all accounts in files; no population can be called so.
  public static let everyoneName = "(all)"
  /// What stands for the accounts that are not labelled; no population can be called so.
  public static let unlabelledName = "(unlabelled)"

  /// The name in files, where `names` are those of the populations.
  public func name(_ names: [String]) -> String {
    switch self {
    case .everyone: Self.everyoneName
    case .unlabelled: Self.unlabelledName
    case .population(let index): names[index]
    }
  }
}
