public import WeirFormats

/// The Azure LLM inference trace, 2023 and 2024, as it is published.
///
/// One row is one request: `TIMESTAMP` (an instant), `ContextTokens` (input) and `GeneratedTokens`
/// (output). Nothing says whose a request is, which requests belong together, or how long each
/// took; so each is a session of its own, which starts when it was recorded.
///
/// Source: github.com/Azure/AzurePublicDataset, CC BY 4.0; Patel et al., "Splitwise: Efficient
/// generative LLM inference using phase splitting", ISCA 2024.
public struct AzureRequests: TraceFormat {
  public static let typeName = "azure"
  public static let summary =
    "The Azure LLM inference trace as published: TIMESTAMP, ContextTokens, GeneratedTokens."

  /// Creates the format, which has no fields.
  public init(_ fields: Fields) {}

  public func read(_ source: SourceFile) -> TraceReading {
    var builder = TraceBuilder()
    builder.startsWithFirst = true
    let operation = builder.operation(named: "request") ?? 0
    builder.eachRow(of: source, ["TIMESTAMP", "ContextTokens", "GeneratedTokens"]) {
      (builder, row, columns) throws(ScenarioIssue) in
      let start = try row.timestamp(columns[0])
      guard TraceLimits.instants.contains(start) else {
        throw row.issue(at: columns[0], expected: "an instant from 1970 to 2100")
      }
      var call = RecordedCall()
      call.input = try row.integer(columns[1], in: TraceLimits.tokens)
      call.output = try row.integer(columns[2], in: TraceLimits.tokens)
      call.operation = operation
      builder.beginSession(start: start)
      builder.add(call)
    }
    return builder.finished(source)
  }
}

/// The ranges of the cells of traces; sums of a whole trace stay far below 2⁶³.
enum TraceLimits {
  /// Tokens and metered milliseconds of one call.
  static let tokens: ClosedRange<Int64> = 0...1_000_000_000
  /// Units of one call.
  static let units: ClosedRange<Int64> = 0...1_000_000_000_000
  /// Lengths of time in milliseconds, up to 30 years.
  static let milliseconds: ClosedRange<Int64> = 0...946_080_000_000
  /// Lengths of time in nanoseconds, up to 30 years.
  static let nanoseconds: ClosedRange<Int64> = 0...946_080_000_000_000_000
  /// Instants, in nanoseconds since the start of 1970.
  static let instants: ClosedRange<Int64> = 0...4_102_444_800_000_000_000
  /// Numbers of turns, calls and sessions.
  static let numbers: ClosedRange<Int64> = 0...Int64(UInt32.max - 1)
}
