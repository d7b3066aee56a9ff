public import WeirFormats
public import WeirKernel

/// Credits that are bought by themselves when a balance has fallen below a threshold.
///
/// It is looked at whenever a balance can have fallen below: after each debit, when the account is
/// opened, and when a period begins after one whose purchases had all been made. What is bought is
/// there at once. Sources: OpenAI's credits (buys up to a target once the balance falls below a
/// minimum), useautumn/autumn (threshold, quantity, purchases limited per period).
public struct TopUp: Declared, Hashable, Sendable {
  /// The balance below which credits are bought.
  public var below: Credits
  /// What is bought.
  public var purchase: Purchase
  /// How often at most, and in which time; `nil` for no limit.
  public var limit: Limit?

  /// What a purchase brings.
  public enum Purchase: Hashable, Sendable {
    /// Always the same.
    case amount(Credits)
    /// What brings the balance to so much.
    case upTo(Credits)
  }

  /// A number of purchases in each of the periods that follow one another from the start.
  public struct Limit: Hashable, Sendable {
    /// The purchases.
    public var purchases: Int64
    /// The length of a period.
    public var per: SimDuration

    /// Creates a limit.
    public init(purchases: Int64, per: SimDuration) {
      self.purchases = purchases
      self.per = per
    }
  }

  /// Creates the rule.
  public init(below: Credits, _ purchase: Purchase, limit: Limit? = nil) {
    self.below = below
    self.purchase = purchase
    self.limit = limit
  }

  /// Reads the rule.
  public init(_ fields: Fields) {
    below = fields.required(
      "below", .credits, "The balance below which credits are bought.")
    let amount = fields.optional(
      "amount", .credits, "The credits of a purchase; give it or \"upTo\".")
    let target = fields.optional("upTo", .credits, "The balance that a purchase brings.")
    let most = fields.optional(
      "purchases", .integer(in: 0...1_000_000), "How many purchases at most in each period.")
    let per = fields.optional(
      "per", .span(from: .milliseconds(1)),
      "The length of the periods, which follow one another from the start of the run.")
    fields.check(
      (amount == nil) != (target == nil), expected: "either \"amount\" or \"upTo\"")
    fields.check(
      (most == nil) == (per == nil), expected: "\"purchases\" and \"per\" together, or neither")
    fields.check(
      amount.map { $0 > .zero } ?? true, at: "amount", expected: "more than nothing")
    fields.check(
      target.map { [below] in $0 >= below } ?? true, at: "upTo",
      expected: "at least the threshold")
    purchase = target.map { .upTo($0) } ?? .amount(amount ?? .zero)
    limit = per.map { Limit(purchases: most ?? 0, per: $0) }
  }

  /// What is bought at a balance; `nil` when nothing is.
  func purchase(at balance: Credits) -> Credits? {
    guard balance < below else { return nil }
    switch purchase {
    case .amount(let amount): return amount > .zero ? amount : nil
    case .upTo(let target): return target > balance ? target - balance : nil
    }
  }
}

/// What was bought by itself in the period that lies at `period`.
struct TopUpCount: Sendable {
  var period: Int64 = -1
  var purchases: Int64 = 0
}
