public import WeirFormats

/// Weir's own trace: the intents of a run, as every run can write them to `intents.csv`.
///
/// Only `time_ns`, the time since the start of the run, must be there, so that logs of other
/// systems are easily brought into this form; an empty cell, or a column that is not there, means
/// that the value is not known. Rows of one account and session are its calls, in their order: the
/// first starts at its time, each other one a pause after the end of the call before. Without
/// `session` each row is a session of its own; without `account` accounts are sampled. A file with
/// rows of several runs or populations is read for one of them.
///
/// ## Edges
/// - A run writes the intents that it had. What a session would still have asked for, had it not
///   ended early, is not among them: record under a policy that admits everything.
/// - `product` and `model` are not read: the workload says them.
/// - Replayed in the same population of the same world, every sample has the address that it had,
///   so that the same policy decides the same.
/// - `account_units_per_day` is what windows in the middle of a long life start from.
public struct Intents: TraceFormat {
  public static let typeName = "weir"
  public static let summary =
    "Weir's own: the intents of a run as it writes them to intents.csv, a row for each."

  /// What chooses a run and a population among the rows.
  enum Selector: String, CaseIterable {
    case policy
    case point
    case replication
    case population
  }

  /// All columns, in the order in which they are written.
  public static let columns =
    Selector.allCases.map(\.rawValue) + [
      "account", "session", "turn", "call", "time_ns", "pause_ns", "product", "model", "operation",
      "input_tokens", "cached_input_tokens", "output_tokens", "milliseconds", "units", "work_ns",
      "work_to_first_token_ns", "fails", "account_units_per_day",
    ]

  /// The wanted text in the column of each selector; `nil` when all rows must have the same.
  let wanted: [String?]

  /// Reads the selectors.
  public init(_ fields: Fields) {
    let policy = fields.optional(
      "policy", .name, "The policy whose rows are read; that of all rows.")
    let point = fields.optional("point", .text, "The point whose rows are read; that of all rows.")
    let replication = fields.optional(
      "replication", .integer(in: 0...), "The replication whose rows are read; that of all rows.")
    let population = fields.optional(
      "population", .name, "The population whose rows are read; that of all rows.")
    wanted = [policy, point, replication.map { String($0) }, population]
  }

  public var identity: String {
    // Names hold no line end, and a point that does is told apart by the number of lines.
    "weir\n" + wanted.map { $0 ?? "" }.joined(separator: "\n")
  }

  public func read(_ source: SourceFile) -> TraceReading {
    var builder = TraceBuilder()
    var selection = Selection(wanted)
    var rows: [Row] = []
    var columns: Columns?
    builder.eachRow(of: source, ["time_ns"]) { (builder, row, _) throws(ScenarioIssue) in
      if columns == nil { columns = Columns(row, wanted, &builder) }
      guard let columns, columns.areKnown, try selection.holds(row, columns.selectors) else {
        return
      }
      rows.append(try Row(row, columns, &builder))
    }
    if let columns { Self.build(rows, columns, &builder) }
    return builder.finished(source, expected: "at least one row of the chosen run")
  }

  /// Puts the calls of each session together, in the order of the file.
  private static func build(
    _ rows: [Row], _ columns: Columns, _ builder: inout TraceBuilder
  ) {
    let hasSessions = columns.session != nil
    let hasAccounts = columns.account != nil
    let order = rows.indices.sorted {
      (rows[$0].account, rows[$0].session, $0) < (rows[$1].account, rows[$1].session, $1)
    }
    let isNumbered = columns.turn != nil || columns.call != nil
    var previous: Row?
    for index in order {
      var row = rows[index]
      let continues =
        hasSessions && previous?.account == row.account && previous?.session == row.session
      if !continues {
        builder.beginSession(
          start: row.time, account: hasAccounts ? row.account : nil,
          number: hasSessions && hasAccounts ? row.session : RecordedSession.unnumbered,
          unitsPerDay: row.unitsPerDay)
      }
      if !isNumbered, continues, let previous { row.recorded.call = previous.recorded.call + 1 }
      builder.add(row.recorded)
      previous = row
    }
  }
}

extension Intents {
  /// The columns of a file that are there.
  private struct Columns {
    let selectors: [CSVColumn?]
    let account: CSVColumn?
    let session: CSVColumn?
    let time: CSVColumn?
    let fails: CSVColumn?
    let operation: CSVColumn?
    let unitsPerDay: CSVColumn?
    /// The columns of whole numbers, with where their values go and how far they may go.
    let numbers: [(CSVColumn, WritableKeyPath<RecordedCall, Int64>, ClosedRange<Int64>)]
    let turn: CSVColumn?
    let call: CSVColumn?
    /// Whether every column is one of those that the format has.
    let areKnown: Bool

    init(_ row: CSVReader, _ wanted: [String?], _ builder: inout TraceBuilder) {
      var areKnown = true
      for name in row.header where !Intents.columns.contains(name) {
        guard let column = row.columnIfPresent(name) else { continue }
        areKnown = false
        let absent = Intents.columns.filter { !row.header.contains($0) }
        builder.refuse(
          .unknownField(
            name, known: Intents.columns, absent: absent, pointer: .root,
            position: row.headerPosition(of: column)))
      }
      selectors = Selector.allCases.map { row.columnIfPresent($0.rawValue) }
      for (index, selector) in Selector.allCases.enumerated()
      where wanted[index] != nil && selectors[index] == nil {
        areKnown = builder.columns([selector.rawValue], of: row) != nil
      }
      self.areKnown = areKnown
      account = row.columnIfPresent("account")
      session = row.columnIfPresent("session")
      time = row.columnIfPresent("time_ns")
      fails = row.columnIfPresent("fails")
      operation = row.columnIfPresent("operation")
      unitsPerDay = row.columnIfPresent("account_units_per_day")
      turn = row.columnIfPresent("turn")
      call = row.columnIfPresent("call")
      let fields: [(String, WritableKeyPath<RecordedCall, Int64>, ClosedRange<Int64>)] = [
        ("pause_ns", \.pause, TraceLimits.nanoseconds),
        ("input_tokens", \.input, TraceLimits.tokens),
        ("cached_input_tokens", \.cachedInput, TraceLimits.tokens),
        ("output_tokens", \.output, TraceLimits.tokens),
        ("milliseconds", \.milliseconds, TraceLimits.tokens),
        ("units", \.units, TraceLimits.units),
        ("work_ns", \.work, TraceLimits.nanoseconds),
        ("work_to_first_token_ns", \.workToFirstToken, TraceLimits.nanoseconds),
      ]
      numbers = fields.compactMap { name, field, range in
        row.columnIfPresent(name).map { ($0, field, range) }
      }
    }
  }

  /// One row as it is read.
  private struct Row {
    var account: UInt32 = 0
    var session: UInt32 = 0
    var time: Int64 = 0
    var unitsPerDay: Double?
    var recorded = RecordedCall()

    init(
      _ row: CSVReader, _ columns: Columns, _ builder: inout TraceBuilder
    ) throws(ScenarioIssue) {
      if let time = columns.time { self.time = try row.integer(time, in: TraceLimits.nanoseconds) }
      account = try Self.number(columns.account, row)
      session = try Self.number(columns.session, row)
      recorded.turn = try Self.number(columns.turn, row)
      recorded.call = try Self.number(columns.call, row)
      for (column, field, range) in columns.numbers {
        if let value = try row.optionalInteger(column, in: range) {
          recorded[keyPath: field] = value
        }
      }
      if let column = columns.fails { recorded.fails = try Self.flag(column, row) }
      if let column = columns.unitsPerDay { unitsPerDay = try row.optionalNumber(column) }
      guard let column = columns.operation else {
        recorded.operation = builder.operation(named: "request") ?? 0
        return
      }
      guard let operation = builder.operation(named: row.text(column)) else {
        throw row.issue(
          at: column, expected: "one of the \(TraceBuilder.mostOperations) operations before")
      }
      recorded.operation = operation
    }

    private static func number(
      _ column: CSVColumn?, _ row: CSVReader
    ) throws(ScenarioIssue) -> UInt32 {
      guard let column else { return 0 }
      return UInt32(try row.integer(column, in: TraceLimits.numbers))
    }

    private static func flag(_ column: CSVColumn, _ row: CSVReader) throws(ScenarioIssue) -> Bool {
      let bytes = row.rawBytes(column)
      if bytes.isEmpty || bytes.elementsEqual("false".utf8) { return false }
      if bytes.elementsEqual("true".utf8) { return true }
      throw row.issue(at: column, expected: "true or false")
    }
  }

  /// The rows that are read: those of one policy, point, replication and population.
  private struct Selection {
    private let wanted: [[UInt8]?]
    private var first: [[UInt8]?]

    init(_ wanted: [String?]) {
      self.wanted = wanted.map { $0.map { Array($0.utf8) } }
      first = wanted.map { _ in nil }
    }

    /// Whether a row is of the chosen run; where nothing was chosen, all rows must be of one.
    mutating func holds(
      _ row: CSVReader, _ columns: [CSVColumn?]
    ) throws(ScenarioIssue) -> Bool {
      for case (let wanted?, let column?) in zip(wanted, columns) {
        if !row.rawBytes(column).elementsEqual(wanted) { return false }
      }
      for (index, selector) in Selector.allCases.enumerated() where wanted[index] == nil {
        guard let column = columns[index] else { continue }
        let bytes = row.rawBytes(column)
        guard let known = first[index] else {
          first[index] = Array(bytes)
          continue
        }
        guard bytes.elementsEqual(known) else {
          throw row.issue(
            at: column,
            expected:
              "rows of one \(selector.rawValue), as none is chosen by the format's"
              + " \"\(selector.rawValue)\"")
        }
      }
      return true
    }
  }
}
