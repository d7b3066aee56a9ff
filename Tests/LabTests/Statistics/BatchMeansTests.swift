import Testing
import WeirLab

@Suite struct BatchMeansTests {
  struct Case: Decodable, Sendable {
    let batches: Int
    let batch_size: Int
    let mean: Double
    let stderr: Double
    let half_width: Double
    let lag1: Double
    let von_neumann_C: Double
    let one_sided_p: Double
  }

  static let cases = vectors("batch_means", as: Case.self)

  /// A stationary autoregressive series with φ = 0.8; the true standard error of its mean is 0.05.
  static let series: [Double] = {
    var generator = SplitMix64(seed: 11)
    var level = generator.normal() / (1.0 - 0.8 * 0.8).squareRoot()
    return (0..<10_000).map { _ in
      level = 0.8 * level + generator.normal()
      return level
    }
  }()

  @Test("batch means of a correlated series match numpy", arguments: cases)
  func batches(_ expected: Case) throws {
    let analysis = try #require(BatchMeans(Self.series, batches: expected.batches))
    #expect(analysis.batchSize == expected.batch_size)
    #expect(analysis.means.count == expected.batches)
    var accuracy = Accuracy()
    accuracy.compare(analysis.meanInterval.mean, expected.mean, "mean")
    accuracy.compare(analysis.standardError, expected.stderr, "standard error")
    accuracy.compare(analysis.meanInterval.halfWidth, expected.half_width, "half width")
    accuracy.compare(analysis.lagOneCorrelation, expected.lag1, "lag 1")
    accuracy.compare(analysis.vonNeumann, expected.von_neumann_C, "von Neumann")
    accuracy.compare(
      analysis.vonNeumann.map(Normal.upperTail), expected.one_sided_p, "p of independence")
    #expect(accuracy.worst < 1e-8, "\(accuracy)")
    #expect(!analysis.rejectsIndependence())
  }

  @Test("there are four cases") func caseCount() { #expect(Self.cases.count == 4) }

  @Test("taking the values for independent understates the error threefold")
  func naive() throws {
    let naive = try #require(Moments(Self.series).standardError)
    #expect(naive > 0.0160 && naive < 0.0164)
  }

  @Test("batches that are too short are caught")
  func shortBatches() throws {
    let analysis = try #require(BatchMeans(Self.series, batches: 2_000))
    #expect(analysis.rejectsIndependence())
  }

  @Test("equal batches have no correlation, and fewer than three no analysis")
  func edges() throws {
    let analysis = try #require(BatchMeans(Array(repeating: 1, count: 30), batches: 10))
    #expect(analysis.lagOneCorrelation == nil)
    #expect(!analysis.rejectsIndependence())
    #expect(BatchMeans([1, 2, 3, 4], batches: 2) == nil)
    #expect(BatchMeans([1, 2], batches: 3) == nil)
  }
}
