import WeirAccess
import WeirFormats
import WeirKernel

/// The names of the layers of a run, numbered as they come.
struct AuditedLayers {
  private var names: [String] = []

  subscript(index: UInt8) -> String { names[Int(index)] }

  /// The number of the layer that a cell names.
  mutating func index(
    _ column: CSVColumn, _ rows: CSVReader
  ) throws(ScenarioIssue) -> UInt8 {
    let name = rows.text(column)
    if let index = names.firstIndex(of: name) { return UInt8(index) }
    guard names.count < 256 else {
      throw rows.issue(at: column, expected: "one of at most 256 layers of a run")
    }
    names.append(name)
    return UInt8(names.count - 1)
  }
}

/// The columns of `usage_events.csv` that the audit reads.
struct UsageColumns {
  private let account: CSVColumn
  private let request: CSVColumn
  private let at: CSVColumn
  private let units: CSVColumn

  init(_ rows: CSVReader) throws(ScenarioIssue) {
    account = try rows.column("account")
    request = try rows.column("request")
    at = try rows.column("at_s")
    units = try rows.column("units")
  }

  func event(_ rows: CSVReader) throws(ScenarioIssue) -> UsageEvent {
    UsageEvent(
      account: try rows.index(account), ordinal: try rows.index(request),
      at: try rows.time(at), product: 0, model: 0, operation: 0,
      units: Units(try rows.amount(units)))
  }
}

/// The columns of `monetization_events.csv`.
struct ChargeColumns {
  private let account: CSVColumn
  private let request: CSVColumn
  private let layer: CSVColumn
  private let owner: CSVColumn
  private let sequence: CSVColumn
  private let at: CSVColumn
  private let due: CSVColumn
  private let units: CSVColumn
  private let amount: CSVColumn
  private let measure: CSVColumn

  init(_ rows: CSVReader) throws(ScenarioIssue) {
    account = try rows.column("account")
    request = try rows.column("request")
    layer = try rows.column("layer")
    owner = try rows.column("owner")
    sequence = try rows.column("sequence")
    at = try rows.column("at_s")
    due = try rows.column("due_s")
    units = try rows.column("units")
    amount = try rows.column("amount")
    measure = try rows.column("measure")
  }

  func event(
    _ rows: CSVReader, _ layers: inout AuditedLayers
  ) throws(ScenarioIssue) -> MonetizationEvent {
    MonetizationEvent(
      account: try rows.index(account), ordinal: try rows.index(request),
      layer: try layers.index(layer, rows), owner: try rows.index(owner),
      sequence: try rows.index(sequence), at: try rows.time(at),
      due: rows.isEmpty(due) ? .distantFuture : try rows.time(due),
      units: Units(try rows.amount(units)), amount: Credits(micro: try rows.amount(amount)),
      measure: try rows.choice(measure))
  }
}

/// The columns of `balance_updates.csv`.
struct UpdateColumns {
  private let layer: CSVColumn
  private let owner: CSVColumn
  private let update: CSVColumn
  private let kind: CSVColumn
  private let at: CSVColumn
  private let account: CSVColumn
  private let request: CSVColumn
  private let amount: CSVColumn
  private let balance: CSVColumn
  private let measure: CSVColumn

  init(_ rows: CSVReader) throws(ScenarioIssue) {
    layer = try rows.column("layer")
    owner = try rows.column("owner")
    update = try rows.column("update")
    kind = try rows.column("kind")
    at = try rows.column("at_s")
    account = try rows.column("account")
    request = try rows.column("request")
    amount = try rows.column("amount")
    balance = try rows.column("balance")
    measure = try rows.column("measure")
  }

  func number(_ rows: CSVReader) throws(ScenarioIssue) -> Int64 {
    try rows.integer(update, in: 1...)
  }

  func update(
    _ rows: CSVReader, _ layers: inout AuditedLayers
  ) throws(ScenarioIssue) -> BalanceUpdate {
    BalanceUpdate(
      kind: try rows.choice(kind), layer: try layers.index(layer, rows),
      owner: try rows.index(owner), at: try rows.time(at),
      amount: Credits(micro: try rows.amount(amount)),
      account: try rows.index(account),
      ordinal: rows.isEmpty(request) ? 0 : try rows.index(request),
      balance: Credits(micro: try rows.amount(balance)), measure: try rows.choice(measure))
  }
}

extension CSVReader {
  /// One of the words of an enumeration.
  fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ column: CSVColumn
  ) throws(ScenarioIssue) -> Choice {
    let name = text(column)
    guard let choice = Choice.allCases.first(where: { $0.rawValue == name }) else {
      throw issue(
        at: column, expected: Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// The number of an account, an owner or a request.
  fileprivate func index(_ column: CSVColumn) throws(ScenarioIssue) -> UInt32 {
    UInt32(try integer(column, in: 0...Int64(UInt32.max)))
  }

  /// An amount of which a few fit in 64 bits together, so that no sum of the audit overflows.
  fileprivate func amount(_ column: CSVColumn) throws(ScenarioIssue) -> Int64 {
    let most: Int64 = 1_000_000_000_000_000_000
    return try integer(column, in: -most...most)
  }

  /// A time in exact seconds.
  fileprivate func time(_ column: CSVColumn) throws(ScenarioIssue) -> SimTime {
    guard let nanoseconds = try decimal(column).scaled(by: 9) else {
      throw issue(at: column, expected: "seconds with at most nine decimals")
    }
    return SimTime(nanoseconds: nanoseconds)
  }
}
