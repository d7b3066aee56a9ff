public import WeirKernel

/// A layer's answer to "how much of this would you pay now?".
@frozen
public struct Quote: Hashable, Sendable {
  /// What the layer would pay of the cost asked, from 0 to all of it.
  public var payable: Units
  /// Why it would not pay all; `nil` when it would.
  public var refusal: Refusal?
  /// How long the layer would keep the request before it lets it go on; none for at once.
  public var delay = SimDuration.zero

  /// Creates a quote.
  @inlinable
  public init(payable: Units, refusal: Refusal?, delay: SimDuration = .zero) {
    self.payable = payable
    self.refusal = refusal
    self.delay = delay
  }

  /// All of the cost is paid (or the gate lets it pass).
  @inlinable
  public static func pays(_ cost: Units) -> Quote { Quote(payable: cost, refusal: nil) }

  /// All of the cost is paid, and the request goes on when it has been kept for `delay`.
  @inlinable
  public static func pays(_ cost: Units, after delay: SimDuration) -> Quote {
    Quote(payable: cost, refusal: nil, delay: delay)
  }

  /// Less than the cost is paid: `payable` of it, for `reason`, and all of it in `retryAfter`.
  ///
  /// A `retryAfter` of `nil` says that waiting alone does not help.
  @inlinable
  public static func short(
    _ reason: Reason, payable: Units = 0, retryAfter: SimDuration?
  ) -> Quote {
    Quote(payable: payable, refusal: Refusal(reason: reason, retryAfter: retryAfter))
  }

  /// The answer of a limit that keeps a request for up to `longest` until it fits.
  ///
  /// `wait` is the time until all of `cost` fits, and `payable` what is paid at once when that is
  /// too long to keep the request.
  @inlinable
  public static func kept(
    _ cost: Units, for wait: SimDuration, upTo longest: SimDuration, else payable: Units
  ) -> Quote {
    wait <= longest
      ? .pays(cost, after: wait)
      : .short(.limit, payable: payable, retryAfter: wait - longest)
  }
}

/// Why a layer does not pay all, and when it would.
@frozen
public struct Refusal: Hashable, Sendable {
  // Two words, so that a quote is four and comes back in registers: the least number stands for
  // `nil`, and the two short parts lie side by side.
  @usableFromInline var wait = Int64.min
  /// What stands in the way.
  public var reason: Reason
  @usableFromInline var place = Int16.min

  /// Creates a refusal.
  @inlinable
  public init(reason: Reason, retryAfter: SimDuration?, member: Int? = nil) {
    self.reason = reason
    self.retryAfter = retryAfter
    self.member = member
  }

  /// The wait after which the same request would pass this layer; `nil` when waiting does not help.
  @inlinable
  public var retryAfter: SimDuration? {
    get { wait == .min ? nil : SimDuration(nanoseconds: wait) }
    set { wait = newValue?.nanoseconds ?? .min }
  }

  /// Which member refused, where the layer is made of several; `nil` elsewhere.
  @inlinable
  public var member: Int? {
    get { place == .min ? nil : Int(place) }
    set { place = newValue.map { Int16($0) } ?? .min }
  }
}

/// What stands in a request's way.
@frozen
public enum Reason: String, CaseIterable, Hashable, Sendable {
  /// A window or bucket is used up.
  case limit
  /// The cost is above what the layer could ever pay at once.
  case never
  /// Too many requests of this account are in flight.
  case concurrency
  /// A balance is too small.
  case insufficient
  /// The fleet is overloaded.
  case overload
  /// The account's behaviour has it blocked or slowed.
  case behaviour
  /// The plan does not include what was asked.
  case excluded
  /// The queue of the fleet is full.
  case queueFull
}

/// What an account sees of a layer: the state that decides, not a copy of it.
@frozen
public struct Meter: Hashable, Sendable {
  /// The most that the layer pays in one period; `nil` when unlimited.
  public var limit: Units?
  /// What it would still pay now, at once or after keeping it, at least 0; `nil` when unlimited.
  public var remaining: Units?
  /// The time until all of it is there again; `nil` when it never comes back by itself.
  public var resetAfter: SimDuration?

  /// Creates a meter reading.
  @inlinable
  public init(limit: Units?, remaining: Units?, resetAfter: SimDuration?) {
    self.limit = limit
    self.remaining = remaining
    self.resetAfter = resetAfter
  }
}
