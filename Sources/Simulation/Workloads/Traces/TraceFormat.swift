public import WeirFormats

/// A way in which recorded demand is written down.
///
/// ## Implementation requirements
///
/// ``read(_:)`` depends on the bytes and on what ``identity`` tells, on nothing else: it is called
/// once for all that share both. It reports every malformed row at its line and column, as
/// ``TraceBuilder`` does, and never traps.
public protocol TraceFormat: Declared, Sendable {
  /// The name of the format in a scenario, such as `azure`.
  static var typeName: String { get }

  /// What the format is, in one sentence, for the catalogue.
  static var summary: String { get }

  /// Tells apart formats that read the same bytes differently.
  var identity: String { get }

  /// The demand that the rows of `source` record.
  func read(_ source: SourceFile) -> TraceReading
}

/// What reading a trace gave: the demand of the rows that make sense, and the issues of others.
public struct TraceReading: Sendable {
  /// The demand.
  public var demand: RecordedDemand
  /// What is wrong, in the order of the rows; no more than ``TraceBuilder/mostIssues`` and one.
  public var issues: [ScenarioIssue]
}

/// All formats that a scenario can name.
public enum TraceFormats {
  /// The registry of formats; other packages add theirs through `Extensions`.
  public static let registry = VariantRegistry<AnyTraceFormat>(
    "trace format",
    [
      .traceFormat(AzureRequests.self), .traceFormat(AgentSessions.self),
      .traceFormat(Intents.self),
    ])
}

/// A trace format of any type.
public struct AnyTraceFormat: Sendable {
  /// The format.
  public var format: any TraceFormat
}

extension Variant<AnyTraceFormat> {
  /// The entry of a format in the catalogue.
  public static func traceFormat<Type: TraceFormat>(_ type: Type.Type) -> Variant<AnyTraceFormat> {
    Variant(type.typeName, type.summary, type: type) { AnyTraceFormat(format: type.init($0)) }
  }
}

extension TraceFormat {
  /// The name of the type.
  public static var declaredName: String { typeName }

  /// The summary.
  public static var declaredHelp: String { summary }

  /// The name: all of the format's readings are alike.
  public var identity: String { Self.typeName }
}
