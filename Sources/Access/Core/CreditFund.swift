public import WeirKernel

/// A fund whose shares become money: it keeps balances in credits, and is charged for what it pays.
///
/// ## Implementation requirements
///
/// After ``Layer/settle(_:to:of:at:)`` a stack asks for the ``charge(for:of:decidedAt:)`` of the
/// share and the ``owner(of:)`` of the balance that pays it. When the charge falls due it debits
/// the balance with ``apply(_:)``; of what that overshoots, the fund may ``advance(to:at:)`` some,
/// and the rest is refunded. A balance changes by nothing but `apply`, once for each update.
///
/// Every requirement but ``charging``, the charge and the balance has a default: of a fund without
/// credit, whose price does not change and whose owners buy nothing by themselves.
public protocol CreditFund: Layer {
  /// How its shares become money.
  var charging: Charging { get }

  /// The charge for `units` of `request`, rounded once, half up.
  func charge(for units: Units, of request: Request) -> Credits

  /// The charge for `units` of a request that was decided at `time`, where the price has changed
  /// since.
  func charge(for units: Units, of request: Request, decidedAt time: SimTime) -> Credits

  /// The owner of the balance that pays for `request`.
  func owner(of request: Request) -> OwnerIndex

  /// The settled balance of `owner`.
  func balance(of owner: OwnerIndex) -> Credits

  /// Changes a balance by a settled update; ``BalanceUpdate/kind`` says why.
  mutating func apply(_ update: BalanceUpdate)

  /// What may be advanced to `owner` when a debit takes more than its balance.
  func advance(to owner: OwnerIndex, at now: SimTime) -> Credits

  /// What was advanced to `owner`, and neither repaid nor forgiven.
  func debt(of owner: OwnerIndex, at now: SimTime) -> Credits

  /// What `owner` owed when a period ended by `now`, that the house paid then and that no update
  /// of the balance has told yet; `nil` when nothing. Called only when
  /// ``Charging/forgivesDebts``.
  func forgiven(to owner: OwnerIndex, by now: SimTime) -> Forgiveness?

  /// What `owner` buys by itself; `nil` when nothing. What is returned is applied.
  ///
  /// Called when ``Charging/topsUp``: after a debit, when the account has been opened, and when
  /// ``nextPurchase(for:at:)`` says.
  mutating func automaticPurchase(for owner: OwnerIndex, at now: SimTime) -> Credits?

  /// When `owner` would buy by itself, if it would now but has bought too often; `nil` otherwise.
  func nextPurchase(for owner: OwnerIndex, at now: SimTime) -> SimTime?

  /// What a price that follows the load is multiplied by for decisions at `now`, for the product
  /// for which that is most; `nil` for a price that does not.
  func priceInForce(at now: SimTime) -> Ratio?
}

/// The dense index of who owns a balance: an account or an organisation, as the fund says.
public typealias OwnerIndex = UInt32

extension CreditFund {
  /// The charge now: the price does not change.
  public func charge(
    for units: Units, of request: Request, decidedAt time: SimTime
  ) -> Credits { charge(for: units, of: request) }

  /// The account of the request.
  public func owner(of request: Request) -> OwnerIndex { request.account }

  /// Nothing: what is overshot is refunded.
  public func advance(to owner: OwnerIndex, at now: SimTime) -> Credits { .zero }

  /// Nothing.
  public func debt(of owner: OwnerIndex, at now: SimTime) -> Credits { .zero }

  /// Nothing.
  public func forgiven(to owner: OwnerIndex, by now: SimTime) -> Forgiveness? { nil }

  /// Nothing.
  public mutating func automaticPurchase(
    for owner: OwnerIndex, at now: SimTime
  ) -> Credits? { nil }

  /// Never.
  public func nextPurchase(for owner: OwnerIndex, at now: SimTime) -> SimTime? { nil }

  /// None: the price does not follow the load.
  public func priceInForce(at now: SimTime) -> Ratio? { nil }
}
