/// One long run as a few long batches, whose means stand in for replications.
///
/// Source: Schmeiser, "Batch size effects in the analysis of simulation output", 1982 (10 to 30
/// batches); von Neumann's test of independence in the normal form of Fishman, 1978.
public struct BatchMeans: Sendable, Equatable {
  /// Values per batch; the rest behind the last whole batch is dropped.
  public let batchSize: Int
  /// The mean of each batch.
  public let means: [Double]
  /// The mean over the batches with its interval.
  public let meanInterval: MeanInterval
  /// The standard error of the mean.
  public let standardError: Double
  /// The correlation of neighbours; undefined where all batches are equal.
  public let lagOneCorrelation: Double?
  /// Von Neumann's statistic, standard normal for independent batches; undefined as above.
  public let vonNeumann: Double?

  /// The analysis of `series` in `batches` of equal size; undefined below three batches.
  public init?(_ series: [Double], batches: Int, level: Double = 0.95) {
    guard batches >= 3, series.count >= batches else { return nil }
    batchSize = series.count / batches
    means = Array(Self.means(of: series, batchSize: batchSize).prefix(batches))
    let moments = Moments(means)
    guard let interval = MeanInterval(moments, level: level), let error = moments.standardError
    else { return nil }
    meanInterval = interval
    standardError = error
    guard moments.squares > 0 else {
      (lagOneCorrelation, vonNeumann) = (nil, nil)
      return
    }
    let distances = means.map { $0 - moments.mean }
    var products = 0.0
    for (left, right) in zip(distances, distances.dropFirst()) { products += left * right }
    let correlation = products / moments.squares
    let (first, last) = (distances[0], distances[batches - 1])
    let ends = (first * first + last * last) / (2 * moments.squares)
    let count = Double(batches)
    lagOneCorrelation = correlation
    vonNeumann = ((count * count - 1) / (count - 2)).squareRoot() * (correlation + ends)
  }

  /// Whether the batches are too short to be taken for independent, at the error `alpha`.
  public func rejectsIndependence(alpha: Double = 0.05) -> Bool {
    vonNeumann.map { $0 > Normal.upperQuantile(alpha) } ?? false
  }

  /// The mean of each whole batch of `batchSize` values.
  public static func means(of series: [Double], batchSize: Int) -> [Double] {
    (0..<series.count / batchSize).map { batch in
      var sum = 0.0
      for value in series[batch * batchSize..<(batch + 1) * batchSize] { sum += value }
      return sum / Double(batchSize)
    }
  }
}
