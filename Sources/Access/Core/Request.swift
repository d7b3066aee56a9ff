public import WeirKernel

/// One attempt as the access stack may see it: who asks, for what, at which estimated cost.
///
/// The actual work of a request is not here: it stays with the world until it has happened.
@frozen
public struct Request: Sendable {
  /// The account that asks, as a dense index.
  public var account: AccountIndex
  /// The organisation of the account, as a dense index.
  public var organisation: OrganisationIndex
  /// The team of the account within its organisation, as a dense index.
  public var team: TeamIndex
  /// The account's plan, as an index into ``Directory/plans``.
  public var plan: PlanIndex
  /// The product asked for, as an index into ``Directory/products``.
  public var product: ProductIndex
  /// The model asked for, as an index into ``Directory/models``.
  public var model: ModelIndex
  /// The kind of request, as an index into ``Directory/operations``.
  public var operation: OperationIndex
  /// Which request of its turn it is, from 0: above 0 it goes on with what was begun.
  public var call: UInt32
  /// The estimated cost in units of the product, at least 0.
  public var cost: Units
  /// The number of this request among those of its account: with the account, its idempotency key.
  public var ordinal: UInt32
  /// Which try at its intent this is, from 0.
  public var attempt: UInt32
  /// Where ``sampleKey`` is, which few layers ask for.
  @usableFromInline var callAddress: CallAddress

  /// Creates a request; only the account and the cost have no default.
  @inlinable
  public init(
    account: AccountIndex,
    organisation: OrganisationIndex? = nil,
    team: TeamIndex? = nil,
    plan: PlanIndex = 0,
    product: ProductIndex = 0,
    model: ModelIndex = 0,
    operation: OperationIndex = 0,
    cost: Units,
    ordinal: UInt32 = 0,
    attempt: UInt32 = 0,
    sampleKey: SampleKey = SampleKey(seed: 0),
    call: UInt32 = 0
  ) {
    self.account = account
    self.organisation = organisation ?? account
    self.team = team ?? self.organisation
    self.plan = plan
    self.product = product
    self.model = model
    self.operation = operation
    self.call = call
    self.cost = cost
    self.ordinal = ordinal
    self.attempt = attempt
    callAddress = CallAddress(sampleKey)
  }

  /// Where random samples of this attempt are addressed, the same under every policy.
  @inlinable
  public var sampleKey: SampleKey {
    get { callAddress.key }
    set { callAddress = CallAddress(newValue) }
  }

  /// Has random samples of this attempt be addressed at the node of a call, found when one is asked
  /// for.
  @inlinable
  public mutating func address(at address: CallAddress) { callAddress = address }
}

/// The dense index of an account, from 0.
public typealias AccountIndex = UInt32
/// The dense index of an organisation, from 0.
public typealias OrganisationIndex = UInt32
/// The dense index of a team, from 0, over all organisations.
public typealias TeamIndex = UInt32
/// The index of a plan in ``Directory/plans``.
public typealias PlanIndex = UInt16
/// The index of a product in ``Directory/products``.
public typealias ProductIndex = UInt16
/// The index of a model in ``Directory/models``.
public typealias ModelIndex = UInt16
/// The index of an operation in ``Directory/operations``.
public typealias OperationIndex = UInt16
