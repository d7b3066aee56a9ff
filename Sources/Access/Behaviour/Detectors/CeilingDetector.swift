public import WeirFormats

/// Counts above a ceiling in so many intervals on end.
///
/// With one interval it is a plain ceiling. With three days at nine tenths of a plan's limit it
/// finds accounts that always use all they can, which people do not.
///
/// ## Edges
/// - Exactly the ceiling is not above it.
/// - An interval that stood out counts among those on end: the next one above stands out again.
/// - A plan that is not named has no ceiling.
///
/// ## Complexity
/// O(1) a call; 4 bytes a series.
///
/// ## Source
/// The signal "sustained ceiling" of operators' abuse scoring (metagraphed issue 8611).
public struct CeilingDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "ceiling"
  /// One sentence for the catalogue.
  public static let summary = "Counts above a ceiling in so many intervals on end."

  /// The greatest count that is not above the ceiling, by plan.
  public let ceiling: UnitsByPlan
  /// The intervals on end that stand out.
  public let intervals: Int64

  private var ceilings: [Int64] = []
  private var planOfSeries: [PlanIndex] = []
  private var runs: [Int32] = []

  /// Creates the detector.
  ///
  /// - Precondition: `intervals` is at least 1 and below 2³¹.
  public init(above ceiling: UnitsByPlan, intervals: Int64 = 1) {
    self.ceiling = ceiling
    self.intervals = intervals
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      above: fields.required(
        "above", .unitsByPlan, "The greatest count that is not above the ceiling, by plan."),
      intervals: fields.value(
        "intervals", .integer(in: 1...1_000_000), default: 1,
        "The intervals on end that stand out."))
  }

  /// The plans that the ceiling names.
  public var planNames: [Located<String>] { ceiling.planNames }

  /// Starts every series below the ceiling.
  public mutating func prepare(for directory: Directory, series count: Int) {
    ceilings = ceiling.resolved(for: directory).map(\.count)
    planOfSeries = ceiling.isUniform ? [] : directory.planOfAccount
    runs = Array(repeating: 0, count: count)
  }

  /// Whether this is one interval above too many.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    isAbove(count, of: series) && Int64(runs[series]) + 1 >= intervals
  }

  /// Counts the intervals on end.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    guard isAbove(count, of: series) else { return runs[series] = 0 }
    if Int64(runs[series]) < intervals { runs[series] += 1 }
  }

  private func isAbove(_ count: Int64, of series: Int) -> Bool {
    count > ceilings[planOfSeries.isEmpty ? 0 : Int(planOfSeries[series])]
  }
}
