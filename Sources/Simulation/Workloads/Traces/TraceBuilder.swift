public import WeirFormats
import WeirKernel

/// Recorded demand while it is read, row by row, with the issues of the rows that make no sense.
public struct TraceBuilder {
  /// The most issues reported of one file; the rest is counted.
  public static let mostIssues = 20

  private var calls: [RecordedCall] = []
  private var sessions: [RecordedSession] = []
  private var operations: [String] = []
  private var hasStarts = false
  private var hasAccounts = false
  private var issues: [ScenarioIssue] = []
  private var moreIssues = 0
  private var firstMore: ScenarioIssue?
  private var pauses: (tool: [Int64], person: [Int64]) = ([], [])

  /// Whether starts are times of some clock, so that the first session starts with the run;
  /// otherwise they are times since the start of the run.
  public var startsWithFirst = false

  /// Nothing has been read yet.
  public init() {}

  // MARK: Rows

  /// The columns of `names`, in their order; `nil` when some are missing, each of which is noted.
  public mutating func columns(_ names: [String], of rows: CSVReader) -> [CSVColumn]? {
    var columns: [CSVColumn] = []
    for name in names {
      do throws(ScenarioIssue) {
        columns.append(try rows.column(name))
      } catch {
        refuse(error)
      }
    }
    return columns.count == names.count ? columns : nil
  }

  /// Hands each row of `source` to `body`, and notes the issues of rows that are refused.
  ///
  /// `names` are the columns that must be there, which `body` gets in this order.
  public mutating func eachRow(
    of source: SourceFile, _ names: [String],
    _ body: (inout TraceBuilder, CSVReader, [CSVColumn]) throws(ScenarioIssue) -> Void
  ) {
    do throws(ScenarioIssue) {
      var rows = try CSVReader(source)
      guard let columns = columns(names, of: rows) else { return }
      while true {
        do throws(ScenarioIssue) {
          guard try rows.next() else { break }
          try body(&self, rows, columns)
        } catch {
          refuse(error)
        }
      }
    } catch {
      refuse(error)
    }
  }

  /// Notes that a row makes no sense.
  public mutating func refuse(_ issue: ScenarioIssue) {
    guard issues.count >= Self.mostIssues else { return issues.append(issue) }
    if moreIssues == 0 { firstMore = issue }
    moreIssues += 1
  }

  // MARK: Demand

  /// The most operations that a trace may name.
  public static let mostOperations = 1000

  /// The position of an operation among the trace's; a new one is added.
  ///
  /// - Returns: `nil` when there are too many.
  public mutating func operation(named name: String) -> UInt16? {
    if let known = operations.firstIndex(of: name) { return UInt16(known) }
    guard operations.count < Self.mostOperations else { return nil }
    operations.append(name)
    return UInt16(operations.count - 1)
  }

  /// Begins a session; the calls added next belong to it.
  ///
  /// `start` is when it starts, in nanoseconds, and `account` the place of its account; `nil` when
  /// the trace does not say. Either all sessions have one or none.
  public mutating func beginSession(
    start: Int64? = nil, account: UInt32? = nil, number: UInt32 = RecordedSession.unnumbered,
    unitsPerDay: Double? = nil
  ) {
    var session = RecordedSession()
    session.start = start ?? 0
    session.account = account ?? 0
    session.number = number
    session.unitsPerDay = unitsPerDay ?? -1
    session.firstCall = UInt32(calls.count)
    session.endOfCalls = session.firstCall
    hasStarts = start != nil
    hasAccounts = account != nil
    sessions.append(session)
  }

  /// Adds a call to the session begun last.
  ///
  /// `recordedPause` is the pause as it was recorded, for the median of its kind; `nil` when that
  /// is not known, or is none, as before a session's first call.
  public mutating func add(_ call: RecordedCall, recordedPause: Int64? = nil) {
    calls.append(call)
    sessions[sessions.count - 1].endOfCalls += 1
    guard let recordedPause else { return }
    if call.followsPerson {
      pauses.person.append(recordedPause)
    } else {
      pauses.tool.append(recordedPause)
    }
  }

  /// What was read: sessions in the order of their starts, where those are known.
  ///
  /// - Parameters:
  ///   - source: The file, which is refused when it has no call.
  ///   - expected: What it should have had then.
  public consuming func finished(
    _ source: SourceFile, expected: String = "at least one row of demand"
  ) -> TraceReading {
    if calls.isEmpty, issues.isEmpty {
      let end = SourcePosition(file: source, offset: source.bytes.count)
      refuse(
        ScenarioIssue(.syntax(expected: expected, found: "the end of the file"), position: end))
    }
    if hasStarts { orderByStart() }
    if moreIssues > 0 {
      issues.append(
        ScenarioIssue(
          .unusable(
            reason: NumberText.counted(moreIssues, "more malformed row", "more malformed rows")
              + " from here on"),
          position: firstMore?.position))
    }
    let demand = RecordedDemand(
      calls: calls, sessions: sessions, operations: operations, hasStarts: hasStarts,
      hasAccounts: hasAccounts,
      medianPauses: (Self.median(pauses.tool), Self.median(pauses.person)))
    return TraceReading(demand: demand, issues: issues)
  }

  private mutating func orderByStart() {
    if startsWithFirst {
      let first = sessions.map(\.start).min() ?? 0
      for index in sessions.indices { sessions[index].start -= first }
    }
    let isOrdered = zip(sessions, sessions.dropFirst()).allSatisfy { $0.start <= $1.start }
    guard !isOrdered else { return }
    // The standard sort is stable today but does not promise it; the first call decides ties.
    sessions.sort { ($0.start, $0.firstCall) < ($1.start, $1.firstCall) }
  }

  /// The median by nearest rank; `nil` of nothing.
  private static func median(_ values: [Int64]) -> SimDuration? {
    guard !values.isEmpty else { return nil }
    return SimDuration(nanoseconds: values.sorted()[(values.count - 1) / 2])
  }
}
