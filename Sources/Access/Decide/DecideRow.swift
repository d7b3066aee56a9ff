import WeirFormats
import WeirKernel

/// One row of what a ``DecideSession`` is asked.
struct DecideRow {
  var time: SimTime
  var account: AccountIndex
  var name: String
  var operation: DecideOperation
  var product: ProductIndex
  var cost: Int64
  var key: String
  /// The plan of the row; `nil` when it names none.
  var plan: PlanIndex?
}

/// What a row asks for.
enum DecideOperation: String, CaseIterable {
  case request
  case reserve
  case settle
  case release
  case topup
  case plan
  case tick
}

/// The accounts of a file, by name in the order of appearance, with what they belong to.
struct DecideAccounts {
  private var indices: [String: AccountIndex] = [:]
  private(set) var plans: [PlanIndex] = []
  private(set) var organisations = AccountGroups()
  private(set) var teams = AccountGroups()

  init(_ source: SourceFile, plans known: [Plan]) throws(ScenarioIssue) {
    var rows = try CSVReader(source)
    let account = try rows.column("account")
    let plan = rows.columnIfPresent("plan")
    let organisation = rows.columnIfPresent("organisation")
    let team = rows.columnIfPresent("team")
    while try rows.next() {
      let name = rows.text(account)
      guard indices[name] == nil else { continue }
      indices[name] = AccountIndex(plans.count)
      var index = 0
      if let plan, !rows.isEmpty(plan) {
        index = try rows.index(plan, among: known.map(\.name))
      }
      plans.append(PlanIndex(index))
      let names = [organisation, team].map { $0.map { rows.text($0) } ?? "" }
      organisations.append(1, to: names[0].isEmpty ? [] : [names[0]])
      teams.append(1, to: names[0].isEmpty ? [] : names)
    }
  }

  subscript(name: String) -> AccountIndex { indices[name] ?? 0 }
}

/// The columns of what a ``DecideSession`` is asked.
struct DecideColumns {
  let time: CSVColumn
  private let account: CSVColumn
  private let operation: CSVColumn
  private let cost: CSVColumn
  private let key: CSVColumn?
  private let product: CSVColumn?
  private let plan: CSVColumn?

  init(_ rows: CSVReader) throws(ScenarioIssue) {
    time = try rows.column("time_ns")
    account = try rows.column("account")
    operation = try rows.column("operation")
    cost = try rows.column("cost")
    key = rows.columnIfPresent("key")
    product = rows.columnIfPresent("product")
    plan = rows.columnIfPresent("plan")
  }

  func row(
    of rows: CSVReader, accounts: DecideAccounts, plans: [Plan], products: [String], number: Int
  ) throws(ScenarioIssue) -> DecideRow {
    let time = try rows.integer(time)
    let name = rows.text(account)
    let known = DecideOperation.allCases
    let operation = known[try rows.index(self.operation, among: known.map(\.rawValue))]
    let needsCost = ![.release, .tick, .plan].contains(operation)
    let most: Int64 = 1_000_000_000_000_000
    let cost = needsCost || !rows.isEmpty(cost) ? try rows.integer(cost, in: 0...most) : 0
    var product = 0
    if let column = self.product, !rows.isEmpty(column) {
      product = try rows.index(column, among: products)
    }
    var plan: PlanIndex?
    if let column = self.plan, !rows.isEmpty(column) {
      plan = PlanIndex(try rows.index(column, among: plans.map(\.name)))
    }
    // Rows without a key are apart from every key: no text can be this one.
    let key = key.map { rows.text($0) } ?? ""
    return DecideRow(
      time: SimTime(nanoseconds: time), account: accounts[name], name: name,
      operation: operation, product: ProductIndex(product), cost: cost,
      key: key.isEmpty ? "\u{0}\(number)" : key, plan: plan)
  }
}

extension CSVReader {
  /// The place of the name in the cell among those that are known.
  func index(_ column: CSVColumn, among names: [String]) throws(ScenarioIssue) -> Int {
    let name = text(column)
    if let index = names.firstIndex(of: name) { return index }
    var issue = ScenarioIssue.unknownName(
      name, known: names, pointer: .root, position: position(of: column))
    issue.column = column.name
    throw issue
  }
}
