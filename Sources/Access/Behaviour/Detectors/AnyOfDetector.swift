public import WeirFormats

/// Several detectors on the same counts: an interval stands out when it does for one of them.
///
/// ## Edges
/// - A violation is one for all members, whichever found it.
///
/// ## Complexity
/// The sum over the members.
///
/// ## Source
/// Combined Shewhart and CUSUM charts: Lucas, Journal of Quality Technology 14(2), 1982.
public struct AnyOfDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "anyOf"
  /// One sentence for the catalogue.
  public static let summary =
    "Several detectors on the same counts: an interval stands out when it does for one of them."

  /// The detectors.
  public private(set) var members: [any Detector]

  /// Creates the detector.
  public init(_ members: [any Detector]) { self.members = members }

  /// Reads the detector.
  public init(_ fields: Fields) {
    members = fields.required(
      "detectors", .list(of: .variant(fields.registry(Catalogue.detectors)), count: 1...8),
      "The detectors."
    ).map(\.detector)
  }

  /// The plans that members name.
  public var planNames: [Located<String>] { members.flatMap(\.planNames) }

  /// Prepares every member.
  public mutating func prepare(for directory: Directory, series count: Int) {
    for member in members.indices { members[member].prepare(for: directory, series: count) }
  }

  /// Shows the request to every member.
  public mutating func note(_ request: Request, of series: Int, inInterval interval: Int64) {
    for member in members.indices {
      members[member].note(request, of: series, inInterval: interval)
    }
  }

  /// Whether a member says so.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    for member in members.indices where members[member].standsOut(count, of: series) {
      return true
    }
    return false
  }

  /// Has every member learn.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    for member in members.indices {
      members[member].learn(count, of: series, isViolation: isViolation)
    }
  }
}
