public import WeirFormats

/// Judges series of counts, one number an interval: which intervals stand out.
///
/// A ``BehaviourLadder`` keeps a series for each account, and climbs when an interval of it stands
/// out. A detector is a plain struct with value semantics, like a layer: its fields, and a dense
/// array of small states by series.
///
/// ## Implementation requirements
///
/// The caller calls, for each series:
/// 1. ``prepare(for:series:)`` once.
/// 2. ``note(_:of:series:interval:)`` for each request that is counted, then ``standsOut(_:of:)``
///    with the count so far. The second is pure; the numbers of intervals never decrease.
/// 3. ``learn(_:of:isViolation:)`` once for each interval that has ended, in their order, silent
///    ones included (but for those that a caller leaves out of a long silence).
///
/// Where counts alone decide, an interval that stands out with some count stands out with every
/// greater one.
public protocol Detector: Declared, Sendable {
  /// The name of the detector in a scenario, such as `cusum`.
  static var typeName: String { get }

  /// What the detector is, in one sentence, for the catalogue.
  static var summary: String { get }

  /// The plans that the detector's fields name, to be checked against those of the scenario.
  var planNames: [Located<String>] { get }

  /// Sizes the state for `count` series; those of a ladder are the accounts of `directory`.
  mutating func prepare(for directory: Directory, series count: Int)

  /// Looks at a request of which the interval number `interval` of `series` counts `amount`.
  mutating func note(_ amount: Int64, of request: Request, series: Int, interval: Int64)

  /// Whether the running interval of `series` stands out, having counted `count` so far.
  func standsOut(_ count: Int64, of series: Int) -> Bool

  /// Learns what an interval came to, and whether it stood out.
  mutating func learn(_ count: Int64, of series: Int, isViolation: Bool)
}

extension Detector {
  /// None.
  public var planNames: [Located<String>] { [] }

  /// Does nothing: counts are all that matters.
  public mutating func note(
    _ amount: Int64, of request: Request, series: Int, interval: Int64
  ) {}

  /// The name of the type.
  public static var declaredName: String { typeName }

  /// The summary.
  public static var declaredHelp: String { summary }
}

/// A detector of any type.
public struct AnyDetector: Sendable {
  /// The detector.
  public var detector: any Detector
}

extension Variant<AnyDetector> {
  /// The entry of a detector type in the catalogue: `extensions.add(.detector(MyDetector.self))`.
  public static func detector<Type: Detector>(_ type: Type.Type) -> Variant<AnyDetector> {
    Variant(type.typeName, type.summary, type: type) { AnyDetector(detector: type.init($0)) }
  }
}
