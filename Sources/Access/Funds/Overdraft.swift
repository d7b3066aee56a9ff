public import WeirFormats
public import WeirKernel

/// How far a balance may be overdrawn, and who pays.
///
/// What a debit takes beyond the balance is advanced up to `credits`, and refunded beyond that. The
/// advance is a debt, which the next credits of the balance repay first; where there is a
/// `forgiveEvery`, the house pays what is still owed when a period ends.
///
/// Sources: PageSpace (a visible debt, repaid from the next top-up, forgiven at renewal), OpenAI
/// (refund to zero: an overdraft of nothing).
public struct Overdraft: Declared, Hashable, Sendable {
  /// The most that is owed at a time.
  public var credits: Credits
  /// The length of the periods at whose end debts are forgiven; `nil` for never.
  public var forgiveEvery: SimDuration?

  /// Creates the terms.
  public init(_ credits: Credits, forgiveEvery: SimDuration? = nil) {
    self.credits = credits
    self.forgiveEvery = forgiveEvery
  }

  /// Reads the terms.
  public init(_ fields: Fields) {
    credits = fields.required("credits", .credits, "The most credits that are owed at a time.")
    forgiveEvery = fields.optional(
      "forgiveEvery", .span(from: .milliseconds(1)),
      "The length of the periods, from the start of the run, at whose end debts are forgiven; never if absent."
    )
  }

  /// What is owed at `now`.
  func owed(_ debt: Debt, at now: SimTime) -> Credits {
    forgiven(debt, by: now) == nil ? debt.credits : .zero
  }

  /// What has been forgiven by `now`; `nil` when nothing.
  func forgiven(_ debt: Debt, by now: SimTime) -> Forgiveness? {
    guard let forgiveEvery, debt.credits > .zero else { return nil }
    let next = Period(forgiveEvery).end(of: debt.at)
    return now < next ? nil : Forgiveness(debt.credits, at: next)
  }
}

/// A debt that the house has paid.
@frozen
public struct Forgiveness: Hashable, Sendable {
  /// What was owed.
  public var credits: Credits
  /// When it was forgiven.
  public var at: SimTime

  /// Creates a forgiveness.
  @inlinable
  public init(_ credits: Credits, at time: SimTime) {
    self.credits = credits
    at = time
  }
}

/// What an owner owes since its debt last changed.
struct Debt: Sendable {
  var credits = Credits.zero
  var at = SimTime.zero
}
