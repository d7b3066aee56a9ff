import Testing
import WeirLab

@Suite struct PercentChangeTests {
  @Test("a constant ratio is its percentage, without spread")
  func constantRatio() throws {
    let change = try #require(PercentChange(baseline: [100, 200], candidate: [88, 176]))
    var accuracy = Accuracy()
    accuracy.compare(change.mean, -12, "mean")
    accuracy.compare(change.interval?.lower, -12, "lower")
    accuracy.compare(change.interval?.upper, -12, "upper")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("doubling and halving cancel out, which differences would not say")
  func geometricMean() throws {
    let change = try #require(PercentChange(baseline: [1, 2], candidate: [2, 1]))
    #expect(change.mean == 0)
    let interval = try #require(change.interval)
    // Symmetric on the scale of ratios: (1 + l)(1 + u) = 1.
    let product = (1 + interval.lower / 100) * (1 + interval.upper / 100)
    #expect((product - 1).magnitude < 1e-12)
  }

  @Test("a value of 0 has no percentage; one pair has no interval")
  func edges() throws {
    #expect(PercentChange(baseline: [0, 1], candidate: [1, 1]) == nil)
    #expect(PercentChange(baseline: [1, 1], candidate: [1, 0]) == nil)
    #expect(PercentChange(baseline: [], candidate: []) == nil)
    #expect(try #require(PercentChange(baseline: [1], candidate: [2])).interval == nil)
  }
}
