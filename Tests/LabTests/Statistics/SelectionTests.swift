import Testing
import WeirLab

@Suite struct SelectionTests {
  struct Case: Decodable {
    struct Stage: Decodable {
      let delta: Double
      let alpha: Double
      let t: Double
      let max_S2: Double
      let R: Int
    }
    struct Screening: Decodable {
      let t: Double
      let min: [Int]
      let max: [Int]
    }
    let values: [[Double]]
    let nelson_matejcik: Stage
    let screening: Screening
    let holm: [Double]
  }

  private func data() throws -> Case {
    try #require(vectors("selection", as: Case.self).first)
  }

  @Test("screening keeps the systems that the published example keeps")
  func screening() throws {
    let expected = try data()
    let least = try #require(SubsetScreening(expected.values, direction: .lowerIsBetter))
    #expect(least.survivors == expected.screening.min)
    let greatest = try #require(SubsetScreening(expected.values, direction: .higherIsBetter))
    #expect(greatest.survivors == expected.screening.max)
    var accuracy = Accuracy()
    accuracy.compare(least.criticalValue, expected.screening.t, "t")
    #expect(accuracy.worst < 1e-11, "\(accuracy)")
  }

  @Test("the second stage needs 45 replications, as published")
  func twoStages() throws {
    let expected = try data()
    let stage = expected.nelson_matejcik
    let plan = try #require(
      TwoStageSelection(expected.values, delta: stage.delta, alpha: stage.alpha))
    #expect(plan.replications == stage.R)
    #expect(stage.R == 45)
    var accuracy = Accuracy()
    accuracy.compare(plan.criticalValue, stage.t, "t")
    accuracy.compare(plan.largestVariance, stage.max_S2, "largest variance")
    #expect(accuracy.worst < 1e-11, "\(accuracy)")
  }

  @Test("a wide indifference zone needs no second stage")
  func wideZone() throws {
    #expect(TwoStageSelection(try data().values, delta: 100)?.replications == 10)
  }

  @Test("equal systems survive together")
  func equalSystems() {
    let values = [[1.0, 2, 3], [1, 2, 3], [9, 9, 9]]
    #expect(SubsetScreening(values, direction: .lowerIsBetter)?.survivors == [0, 1])
  }

  @Test("one system, or one replication, selects nothing")
  func tooFew() {
    #expect(SubsetScreening([[1, 2]], direction: .lowerIsBetter) == nil)
    #expect(SubsetScreening([[1], [2]], direction: .lowerIsBetter) == nil)
    #expect(TwoStageSelection([[1], [2]], delta: 1) == nil)
  }

  @Test("all pairs of the published example, adjusted by Holm")
  func allPairs() throws {
    let expected = try data()
    var pValues: [Double] = []
    for (index, left) in expected.values.enumerated() {
      for right in expected.values[(index + 1)...] {
        let comparison = try #require(PairedComparison(baseline: right, candidate: left))
        pValues.append(try #require(comparison.pValue))
      }
    }
    var accuracy = Accuracy()
    for (actual, adjusted) in zip(Holm.adjusted(pValues), expected.holm) {
      accuracy.compare(actual, adjusted, "Holm")
    }
    #expect(accuracy.count == 6)
    #expect(accuracy.worst < 1e-10, "\(accuracy)")
  }
}
