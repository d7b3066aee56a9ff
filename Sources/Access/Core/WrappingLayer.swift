public import WeirKernel

/// A layer around one other layer, to which it hands on all that it does not answer by itself.
///
/// It has every requirement of ``Layer`` from the one inside, so that it states what it changes and
/// nothing else. A layer inside with abilities of its own, such as a ``CreditFund``, loses them.
public protocol WrappingLayer: Layer {
  /// The layer inside.
  var limit: any Layer { get set }
}

extension WrappingLayer {
  /// What the layer inside names.
  public var fieldNames: FieldNames { limit.fieldNames }

  /// That of the layer inside.
  public var role: Role { limit.role }

  /// Whether the layer inside is.
  public var isStrict: Bool { limit.isStrict }

  /// Whether the layer inside does.
  public var givesBack: Bool { limit.givesBack }

  /// Whether those of the layer inside are.
  public var waitsAreExact: Bool { limit.waitsAreExact }

  /// Tells the layer inside.
  public mutating func stand(behind others: Int) { limit.stand(behind: others) }

  /// Prepares the layer inside.
  public mutating func prepare(for directory: Directory) { limit.prepare(for: directory) }

  /// Opens the account with the layer inside.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    limit.open(account, plan: plan, with: start)
  }

  /// Tells the layer inside.
  public mutating func follow(_ change: PlanChange) { limit.follow(change) }

  /// Has the layer inside take the place of the earlier one's, or of a plain earlier one.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    limit.succeed((earlier as? Self)?.limit ?? earlier, in: succession)
  }

  /// What the layer inside pays.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    limit.quote(cost, of: request, at: now, signals)
  }

  /// Takes the share with the layer inside.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    limit.commit(share, of: request, at: now)
  }

  /// Corrects the share with the layer inside.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    limit.settle(hold, to: actual, of: request, at: now)
  }

  /// Whether the layer inside observes.
  public var observes: Bool { limit.observes }

  /// Tells the layer inside.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    limit.observe(feedback, of: request, at: now)
  }

  /// Tells the layer inside.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    limit.receive(signals, at: now)
  }

  /// The meter of the layer inside.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    limit.meter(for: request, at: now)
  }
}
