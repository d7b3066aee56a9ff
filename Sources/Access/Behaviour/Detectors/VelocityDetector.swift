public import WeirFormats

/// Many accounts of one organisation that together do too much, each of them below any limit.
///
/// What stands for an organisation is whatever links accounts: a payment, a device, an address. In
/// an interval in which at least `accounts` of it are active and have more than `above` together,
/// every one of them that does something stands out.
///
/// ## Edges
/// - An account on its own is an organisation of one, and never stands out with two `accounts`.
/// - Real organisations have many accounts as well: watch the plans that they are not on.
/// - Members that have stopped asking before the organisation stood out do not.
///
/// ## Complexity
/// O(1) a request; 8 bytes a series and 24 an organisation.
///
/// ## Source
/// Cross-account velocity, as operators of mail senders describe it (warmbly issue 148): many
/// accounts, each below its limit.
public struct VelocityDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "velocity"
  /// One sentence for the catalogue.
  public static let summary =
    "Many accounts of one organisation that together do too much, each of them below any limit."

  /// The active accounts from which on an organisation is judged.
  public let accounts: Int64
  /// The greatest count of all of them together that does not stand out.
  public let above: Int64

  private var organisationOfSeries: [OrganisationIndex] = []
  private var organisations: [Group] = []
  /// The interval in which each series was last active.
  private var lastActive: [Int64] = []

  private struct Group: Sendable {
    var interval = Int64.min
    var count: Int64 = 0
    var active: Int64 = 0
  }

  /// Creates the detector.
  public init(accounts: Int64, above: Int64) {
    self.accounts = accounts
    self.above = above
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      accounts: fields.value(
        "accounts", .quantity(in: 1...1_000_000_000), default: 5,
        "The active accounts from which on an organisation is judged."),
      above: fields.required(
        "above", .quantity(in: 0...1_000_000_000_000),
        "The greatest count of all of them together that does not stand out."))
  }

  /// Starts without counts.
  public mutating func prepare(for directory: Directory, series count: Int) {
    organisationOfSeries = directory.organisationOfAccount
    organisations = Array(repeating: Group(), count: directory.organisations)
    lastActive = Array(repeating: .min, count: count)
  }

  /// Counts the request for the organisation.
  public mutating func note(
    _ amount: Int64, of request: Request, series: Int, interval: Int64
  ) {
    let organisation = Int(organisationOfSeries[series])
    if interval > organisations[organisation].interval {
      organisations[organisation] = Group(interval: interval)
    }
    organisations[organisation].count += amount
    guard interval > lastActive[series] else { return }
    lastActive[series] = interval
    organisations[organisation].active += 1
  }

  /// Whether the organisation does too much, over enough accounts.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    let group = organisations[Int(organisationOfSeries[series])]
    return group.active >= accounts && group.count > above
  }

  /// Learns nothing: what is too much is given.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {}
}
