import WeirFormats
import WeirKernel

/// One row of what a ``DecideSession`` is asked.
struct DecideRow {
  /// The number of the row, from 1.
  var number: Int
  var time: SimTime
  var account: AccountIndex
  var name: String
  var operation: DecideOperation
  var product: ProductIndex
  var model: ModelIndex
  var cost: Int64
  var key: String
  /// Which request of its turn it is, from 0.
  var call: UInt32
  /// The plan of the row; `nil` when it names none.
  var plan: PlanIndex?
}

/// The columns of what a ``DecideSession`` is asked.
struct DecideColumns {
  let time: CSVColumn
  private let account: CSVColumn
  private let operation: CSVColumn
  private let cost: CSVColumn
  private let key: CSVColumn?
  private let product: CSVColumn?
  private let model: CSVColumn?
  private let plan: CSVColumn?
  private let call: CSVColumn?
  private let change: DecideChangeColumns
  private let load: DecideLoadColumns

  /// The columns that are known; others are an error.
  private static let known =
    [
      "time_ns", "account", "operation", "cost", "key", "product", "model", "plan", "organisation",
      "team", "call",
    ]
    + DecideChangeColumns.names + DecideLoadColumns.names

  init(_ rows: CSVReader) throws(ScenarioIssue) {
    time = try rows.column("time_ns")
    account = try rows.column("account")
    operation = try rows.column("operation")
    cost = try rows.column("cost")
    key = rows.columnIfPresent("key")
    product = rows.columnIfPresent("product")
    model = rows.columnIfPresent("model")
    plan = rows.columnIfPresent("plan")
    call = rows.columnIfPresent("call")
    change = DecideChangeColumns(rows)
    load = DecideLoadColumns(rows)
    for name in rows.header where !Self.known.contains(name) {
      let column = try rows.column(name)
      var issue = ScenarioIssue.unknownName(
        name, known: Self.known, pointer: .root, position: rows.headerPosition(of: column))
      issue.column = name
      throw issue
    }
  }

  func row(
    of rows: CSVReader, accounts: DecideAccounts, for policy: DrivenPolicy, number: Int
  ) throws(ScenarioIssue) -> DecideRow {
    let time = try rows.integer(time)
    let name = rows.text(account)
    let known = DecideOperation.allCases
    let operation = known[try rows.index(self.operation, among: known.map(\.rawValue))]
    let most: Int64 = 1_000_000_000_000_000
    let cost = operation.needsCost || !rows.isEmpty(cost) ? try rows.integer(cost, in: 0...most) : 0
    let product = try rows.index(self.product, among: policy.products)
    let model = try rows.index(self.model, among: policy.models)
    var plan: PlanIndex?
    if let column = self.plan, !rows.isEmpty(column) {
      plan = PlanIndex(try rows.index(column, among: policy.plans.map(\.name)))
    } else if operation == .plan {
      throw rows.issue(at: self.plan ?? self.operation, expected: "the plan in the column plan")
    }
    let call = try self.call.map { column throws(ScenarioIssue) in
      try rows.optionalInteger(column, in: 0...Int64(UInt32.max)) ?? 0
    }
    // Rows without a key are apart from every key: no text can be this one.
    let key = key.map { rows.text($0) } ?? ""
    return DecideRow(
      number: number, time: SimTime(nanoseconds: time), account: accounts[name], name: name,
      operation: operation, product: ProductIndex(product), model: ModelIndex(model), cost: cost,
      key: key.isEmpty ? "\u{0}\(number)" : key, call: UInt32(call ?? 0), plan: plan)
  }

  /// The change of a limit that the present row asks for.
  func change(in rows: CSVReader, layers: [String]) throws(ScenarioIssue) -> DecideChange {
    try change.change(in: rows, layers: layers, else: operation)
  }

  /// The load that the present row reports.
  func load(in rows: CSVReader, at now: SimTime) throws(ScenarioIssue) -> LoadSample {
    try load.sample(in: rows, at: now)
  }
}

extension CSVReader {
  /// The place of the name in the cell among those that are known; the first where there is none.
  func index(_ column: CSVColumn?, among names: [String]) throws(ScenarioIssue) -> Int {
    guard let column, !isEmpty(column) else { return 0 }
    return try index(column, among: names)
  }

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
