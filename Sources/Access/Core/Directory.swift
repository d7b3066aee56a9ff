/// Who and what the access stack deals with: accounts with their plans, and the names of things.
///
/// Layers size their state from it once, in ``Layer/prepare(for:)``; copies share storage.
public struct Directory: Sendable {
  /// The plan of each account.
  public var planOfAccount: [PlanIndex]
  /// The organisation of each account.
  public var organisationOfAccount: [OrganisationIndex]
  /// The number of organisations; an account without one is an organisation of its own.
  public var organisations: Int
  /// The plans, by index.
  public var plans: [Plan]
  /// The names of the products, by index.
  public var products: [String]
  /// The names of the models, by index.
  public var models: [String]
  /// The names of the operations, by index.
  public var operations: [String]

  /// The number of accounts.
  public var accounts: Int { planOfAccount.count }

  /// Creates a directory; without organisations each account is one of its own.
  public init(
    planOfAccount: [PlanIndex],
    organisationOfAccount: [OrganisationIndex]? = nil,
    plans: [Plan],
    products: [String] = ["requests"],
    models: [String] = ["default"],
    operations: [String] = ["request"]
  ) {
    self.planOfAccount = planOfAccount
    let own = organisationOfAccount ?? planOfAccount.indices.map { OrganisationIndex($0) }
    self.organisationOfAccount = own
    self.organisations = Int(own.max().map { $0 + 1 } ?? 0)
    self.plans = plans
    self.products = products
    self.models = models
    self.operations = operations
  }

  /// A directory of `accounts` alike accounts on one plan called `default`.
  public static func alike(accounts: Int) -> Directory {
    Directory(
      planOfAccount: Array(repeating: 0, count: accounts), plans: [Plan(name: "default")])
  }
}
