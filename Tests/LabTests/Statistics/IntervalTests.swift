import Testing
import WeirLab

@Suite struct IntervalTests {
  struct MeanCase: Decodable, Sendable {
    let name: String
    let data: [Double]
    let mean: Double
    let variance: Double?
    let stderr: Double?
    let level: Double?
    let half_width: Double?
    let ci: [Double]?
    let relative_half_width: Double?
  }

  @Test("means and their intervals match scipy", arguments: vectors("mean_ci", as: MeanCase.self))
  func meanIntervals(_ expected: MeanCase) throws {
    let moments = Moments(expected.data)
    let interval = try #require(MeanInterval(moments, level: expected.level ?? 0.95))
    var accuracy = Accuracy()
    accuracy.compare(interval.mean, expected.mean, "mean")
    accuracy.compare(moments.variance, expected.variance, "variance")
    accuracy.compare(moments.standardError, expected.stderr, "standard error")
    accuracy.compare(interval.halfWidth, expected.half_width, "half width")
    accuracy.compare(interval.interval?.lower, expected.ci?[0], "lower")
    accuracy.compare(interval.interval?.upper, expected.ci?[1], "upper")
    accuracy.compare(interval.relativeHalfWidth, expected.relative_half_width, "relative")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("there are nine cases") func caseCount() {
    #expect(vectors("mean_ci", as: MeanCase.self).count == 9)
  }

  @Test("no value, no interval; one value, a mean without ends")
  func tooFew() throws {
    #expect(MeanInterval(Moments()) == nil)
    let single = try #require(MeanInterval(Moments([3.5])))
    #expect(single.mean == 3.5)
    #expect(single.interval == nil)
    #expect(single.replicationsToResolve(1) == nil)
  }

  @Test("a family of intervals is wider than each alone")
  func family() throws {
    let moments = Moments([1, 2, 3, 4])
    let alone = try #require(MeanInterval(moments)?.halfWidth)
    let together = try #require(MeanInterval(moments, comparisons: 3)?.halfWidth)
    #expect(together > alone)
  }

  @Test("four times the replications halve the width")
  func replicationsNeeded() throws {
    let interval = try #require(MeanInterval(Moments([1, 2, 3, 4])))
    let halfWidth = try #require(interval.halfWidth)
    #expect(interval.replicationsToResolve(halfWidth / 2) == 16)
    #expect(interval.replicationsToResolve(halfWidth * 2) == 4)
    #expect(interval.replicationsToResolve(0) == nil)
    #expect(interval.replicationsToResolve(halfWidth * 1e-9) == nil)
  }
}
