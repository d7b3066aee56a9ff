import WeirAccess

/// Reasons of refusals as a reader understands them without the catalogue.
enum ReasonWords {
  /// The words for a reason as result files name it.
  static func of(_ name: String) -> String {
    let parts = name.split(separator: "_")
    let letters = parts.joined().lowercased()
    return Reason.allCases.first { $0.rawValue.lowercased() == letters }.map(words)
      ?? parts.joined(separator: " ")
  }

  private static func words(_ reason: Reason) -> String {
    switch reason {
    case .limit: "limit used up"
    case .never: "asks for more than the limit ever allows"
    case .concurrency: "too many at once"
    case .insufficient: "balance too small"
    case .overload: "fleet overloaded"
    case .behaviour: "behaviour of the account"
    case .excluded: "not in the plan"
    case .queueFull: "queue full"
    }
  }
}
