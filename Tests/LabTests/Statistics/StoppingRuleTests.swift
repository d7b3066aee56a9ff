import Testing
import WeirLab

@Suite struct StoppingRuleTests {
  struct Case: Decodable, Sendable {
    struct Criterion: Decodable {
      let absw: Double?
      let relg: Double?
    }
    struct Summary: Decodable {
      let mean: Double
      let half_width: Double
    }
    let criterion: Criterion
    let n0: Int
    let level: Double
    let stop_n: Int
    let at_stop: Summary
  }

  static let cases = vectors("sequential_stopping", as: Case.self)

  /// Exponential values with mean 10.
  static let values: [Double] = {
    var generator = SplitMix64(seed: 2024)
    return (0..<2_000).map { _ in 10 * generator.exponential() }
  }()

  static func rule(_ expected: Case) -> StoppingRule {
    let target: StoppingRule.Target =
      expected.criterion.absw.map { .absolute($0) } ?? .relative(expected.criterion.relg ?? 0)
    return StoppingRule(target, minimum: expected.n0, level: expected.level)
  }

  @Test("replications end where the interval is narrow enough", arguments: cases)
  func stops(_ expected: Case) throws {
    #expect(Self.rule(expected).firstStop(in: Self.values) == expected.stop_n)
    let interval = try #require(
      MeanInterval(Moments(Self.values.prefix(expected.stop_n)), level: expected.level))
    var accuracy = Accuracy()
    accuracy.compare(interval.mean, expected.at_stop.mean, "mean")
    accuracy.compare(interval.halfWidth, expected.at_stop.half_width, "half width")
    #expect(accuracy.worst < 1e-11, "\(accuracy)")
  }

  @Test("there are four targets") func caseCount() { #expect(Self.cases.count == 4) }

  @Test("in rounds the stop lies on a whole round, never before the minimum")
  func rounds() {
    #expect(StoppingRule(.absolute(1)).firstStop(in: Self.values, roundsOf: 10) == 400)
    #expect(StoppingRule(.absolute(1e9)).firstStop(in: Self.values) == 10)
    #expect(StoppingRule(.absolute(1e9)).firstStop(in: Array(Self.values.prefix(9))) == nil)
    #expect(StoppingRule(.absolute(0.001)).firstStop(in: Self.values, roundsOf: 100) == nil)
  }

  @Test("more metrics that share the error need more replications")
  func metrics() throws {
    let one = try #require(StoppingRule(.absolute(2)).firstStop(in: Self.values))
    let ten = try #require(StoppingRule(.absolute(2), metrics: 10).firstStop(in: Self.values))
    #expect(ten > one)
  }
}
