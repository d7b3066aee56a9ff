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
    guard let forgiveEvery else { return debt.credits }
    let isForgiven =
      now.nanoseconds / forgiveEvery.nanoseconds > debt.at.nanoseconds / forgiveEvery.nanoseconds
    return isForgiven ? .zero : debt.credits
  }
}

/// What an owner owes since its debt last changed.
struct Debt: Sendable {
  var credits = Credits.zero
  var at = SimTime.zero
}
