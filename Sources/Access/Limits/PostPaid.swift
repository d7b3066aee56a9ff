public import WeirFormats
public import WeirKernel

/// A limit that counts a request when it has ended, at what it cost then.
///
/// Services that cannot know a cost before they have served it check that something is left, and
/// count afterwards. How far that overshoots is a matter of how many requests are under way.
///
/// ## Edges
/// - A request passes while the limit would let one unit pass, whatever the request is estimated
///   at; nothing is reserved for it meanwhile.
/// - What it cost counts when it is settled, even beyond the limit; one that never started costs
///   nothing.
/// - As an allowance it pays the whole request.
///
/// ## Complexity
/// That of the limit, and no state of its own.
///
/// ## Source
/// BerriAI/litellm issue 18730 and Kuadrant/architecture PR 2263, which set reserving against it.
public struct PostPaid: WrappingLayer {
  /// The name in scenarios.
  public static let typeName = "postPaid"
  /// One sentence for the catalogue.
  public static let summary =
    "A limit that counts a request when it has ended, at what it cost; until then it passes."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The limit.
  public var limit: any Layer

  /// Creates the limit.
  public init(_ limit: any Layer, as role: Role = .allowance) {
    self.limit = limit
    self.role = role
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limit = fields.required(
      "limit", .variant(fields.registry(Catalogue.limits)), "The limit that counts.")
    fields.check(limit.layer.role != .fund, at: "limit/type", expected: "a limit, not a fund")
    self.init(limit.layer, as: fields.limitRole())
  }

  /// No: requests under way count nothing yet.
  public var isStrict: Bool { false }

  /// Lets the request pass while one unit would.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let quote = limit.quote(1, of: request, at: now, signals)
    return Quote(
      payable: quote.refusal == nil ? cost : .zero, refusal: quote.refusal, delay: quote.delay)
  }

  /// Does nothing: the request counts when it ends.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Counts what the request cost.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    limit.commit(actual, of: request, at: now)
  }
}
