/// How long the start of a study is, by MSER-5 on the average of its replications.
///
/// One warm-up is advised for all policies: a cut for each run would depend on its data and bias the
/// comparison.
public struct WarmupAdvice: Sendable, Equatable {
  /// What a series says.
  public enum Finding: Sendable, Equatable {
    /// There are too few intervals for a cut to mean something.
    case tooFewIntervals(Int)
    /// The best cut is the latest one that is looked at: the series does not settle.
    case noSteadyState
    /// The series settles after so many seconds.
    case settles(after: Double)
  }

  /// The fewest intervals of which a cut is advised: eight batches of five.
  public static let leastIntervals = 40

  /// What the series says.
  public let finding: Finding
  /// How many replications have neighbouring batches that are not independent, by von Neumann's
  /// test at 5 %; 0 where there are too few intervals for twenty batches.
  public let dependentReplications: Int
  /// The length of one of the twenty batches of the measured time, in seconds.
  public let batchLength: Double

  /// The batches that the measured time of each replication is cut into.
  public static let batches = 20

  /// Looks at a quantity over time.
  ///
  /// - Parameters:
  ///   - series: The value by interval, in each replication; all have a value.
  ///   - interval: The length of an interval, in seconds.
  ///   - warmup: The time from the start that is not measured, in seconds.
  public init(_ series: [[Double]], interval: Double, warmup: Double) {
    let average = series.map { Moments($0).mean }
    if average.count < Self.leastIntervals {
      finding = .tooFewIntervals(average.count)
    } else if let mser = MSER5(average), !mser.isAtLimit {
      finding = .settles(after: Double(mser.cutCount) * interval)
    } else {
      finding = .noSteadyState
    }
    let measured = series.dropFirst(Int((warmup / interval).rounded(.up)))
    let replications = series.first?.count ?? 0
    var dependent = 0
    for replication in 0..<replications where measured.count >= 2 * Self.batches {
      let means = BatchMeans(measured.map { $0[replication] }, batches: Self.batches)
      if means?.rejectsIndependence() == true { dependent += 1 }
    }
    dependentReplications = dependent
    batchLength = Double(measured.count / Self.batches) * interval
  }
}
