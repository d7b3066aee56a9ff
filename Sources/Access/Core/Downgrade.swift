public import WeirFormats
public import WeirKernel

/// Another model in the place of one that is used up: a request for a product is decided as one for
/// another when it would be denied.
public struct Downgrade: Sendable {
  /// The product asked for.
  public var product: Located<String>
  /// The product given in its place.
  public var replacement: Located<String>
  /// The model given in its place, which is priced and written down; `nil` for that asked for.
  public var model: String?
  /// The units of the other product for each unit of the one asked for; rounded up once.
  public var cost: Ratio
  /// The reasons of a denial for which it is given.
  public var reasons: [Reason]

  /// Creates a downgrade.
  public init(
    from product: String, to replacement: String, model: String? = nil, cost: Ratio = .one,
    for reasons: [Reason] = [.limit, .insufficient]
  ) {
    self.product = Located(product)
    self.replacement = Located(replacement)
    self.model = model
    self.cost = cost
    self.reasons = reasons
  }

  /// Reads the downgrade.
  public init(_ fields: Fields) {
    product = fields.required("product", .located(.name), "The product asked for.")
    replacement = fields.required("to", .located(.name), "The product given in its place.")
    model = fields.optional(
      "model", .name, "The model given, which is priced and written down; that asked for if absent."
    )
    cost = fields.value(
      "cost", .ratio, default: .one,
      "The units of the other product for each unit of the one asked for.")
    reasons = fields.value(
      "when", .list(of: .choice(Reason.self), count: 1...Reason.allCases.count),
      default: [.limit, .insufficient], "The reasons of a denial for which it is given.")
    fields.check(
      product.value != replacement.value, at: "to",
      expected: "another product than the one asked for")
  }

  /// The units of the other product for `units` of the one asked for.
  public func cost(of units: Units) -> Units {
    Units(cost.times(units.count, rounding: .up) ?? .max)
  }

  /// An issue for each product that it names and that is none of those known.
  public func unknownNames(products known: [String]) -> [ScenarioIssue] {
    [product, replacement].compactMap { $0.unknownName(among: known) }
  }
}
