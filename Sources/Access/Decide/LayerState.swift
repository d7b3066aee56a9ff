public import WeirKernel

/// What a layer shows to one account at one time: the state that decides.
public struct LayerState: Hashable, Sendable {
  /// The name of the layer in its stack.
  public var name: String
  /// What the layer does.
  public var role: Role
  /// Whether it is there for the product that was asked for.
  public var applies: Bool
  /// What the account sees; `nil` when the layer shows nothing.
  public var meter: Meter?
  /// What it answers to one unit more.
  public var next: Quote
  /// The balance of a fund that is charged.
  public var balance: Credits?
  /// The limit that a layer which follows the load has set.
  public var limitInForce: Units?
  /// Whether it holds the behaviour of the account for suspicious.
  public var isFlagged: Bool
}

extension Stack {
  /// What every layer shows to the account of `request`, in the order of the stack, without effect.
  public func states(for request: Request, at now: SimTime, _ signals: Signals) -> [LayerState] {
    layers.indices.map { index in
      let layer = layers[index]
      let fund = layer as? any CreditFund
      let quote = layer.quote(1, of: request, at: now, signals)
      return LayerState(
        name: names[index], role: layer.role, applies: applies(index, to: request.product),
        meter: layer.meter(for: request, at: now), next: quote,
        balance: fund.map { $0.balance(of: $0.owner(of: request)) },
        limitInForce: (layer as? any AdaptiveLimit)?.limitInForce,
        isFlagged: (layer as? any BehaviourJudge)?.isFlagged(request.account, at: now) ?? false)
    }
  }
}
