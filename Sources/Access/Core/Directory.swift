/// Who and what the access stack deals with: accounts with their plans, organisations and teams,
/// and the names of things.
///
/// Layers size their state from it once, in ``Layer/prepare(for:)``; copies share storage.
public struct Directory: Sendable {
  /// The plan of each account.
  public var planOfAccount: [PlanIndex]
  /// The organisation of each account.
  public var organisationOfAccount: [OrganisationIndex]
  /// The number of organisations; an account without one is an organisation of its own.
  public var organisations: Int
  /// The team of each account, within its organisation.
  public var teamOfAccount: [TeamIndex]
  /// The number of teams; an organisation that names none is a team.
  public var teams: Int
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

  /// Creates a directory; without organisations each account is one of its own, and without teams
  /// each organisation is one.
  public init(
    planOfAccount: [PlanIndex],
    organisationOfAccount: [OrganisationIndex]? = nil,
    teamOfAccount: [TeamIndex]? = nil,
    plans: [Plan],
    products: [String] = ["requests"],
    models: [String] = ["default"],
    operations: [String] = ["request"]
  ) {
    self.planOfAccount = planOfAccount
    let own = organisationOfAccount ?? planOfAccount.indices.map { OrganisationIndex($0) }
    self.organisationOfAccount = own
    self.organisations = Int(own.max().map { $0 + 1 } ?? 0)
    self.teamOfAccount = teamOfAccount ?? own
    self.teams = Int(self.teamOfAccount.max().map { $0 + 1 } ?? 0)
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

  /// A request of `account` for `cost` units, with its plan, organisation and team.
  public func request(of account: AccountIndex, cost: Units = 0) -> Request {
    Request(
      account: account, organisation: organisationOfAccount[Int(account)],
      team: teamOfAccount[Int(account)], plan: planOfAccount[Int(account)], cost: cost)
  }

  /// What `account` comes with: its organisation and team, and a balance if it has one.
  public func start(of account: AccountIndex, balance: Credits? = nil) -> AccountStart {
    AccountStart(
      organisation: organisationOfAccount[Int(account)], team: teamOfAccount[Int(account)],
      balance: balance)
  }
}
