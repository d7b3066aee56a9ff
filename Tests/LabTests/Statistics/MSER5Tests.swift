import Foundation
import Testing
import WeirLab

@Suite struct MSER5Tests {
  struct Case: Decodable, Sendable {
    let name: String
    let n: Int
    let batches: Int
    let d_batches: Int
    let truncate_observations: Int
    let mser_value: Double
    let statistic_first_10: [Double]?
    let mean_after: Double?
    let at_limit: Bool?
  }

  static let cases = vectors("mser5", as: Case.self)

  /// The series of a case, by the rules stated with the vectors.
  static func series(_ name: String) -> [Double] {
    switch name.prefix(4) {
    case "step":
      return (0..<200).map { $0 < 20 ? 100 : $0 % 2 == 1 ? 11 : 9 }
    case "expo":
      var generator = SplitMix64(seed: 7)
      return (0..<1000).map {
        10 + 20 * exp(-Double($0) / 40) + (generator.uniform() - 0.5) * 4
      }
    case "M/M/":
      var generator = SplitMix64(seed: 8)
      var work = 50.0
      return (0..<5000).map { _ in
        let gap = generator.exponential()
        work = max(0, work + 0.8 * generator.exponential() - gap)
        return work
      }
    case "alre":
      var generator = SplitMix64(seed: 9)
      return (0..<500).map { _ in 5 + (generator.uniform() - 0.5) }
    case "pure": return (0..<200).map(Double.init)
    default: return Array(repeating: 3, count: 100)
    }
  }

  @Test("the cut, its statistic and the mean after it", arguments: cases)
  func cuts(_ expected: Case) throws {
    let series = Self.series(expected.name)
    #expect(series.count == expected.n)
    let analysis = try #require(MSER5(series))
    #expect(analysis.batchCount == expected.batches)
    #expect(analysis.cutBatches == expected.d_batches)
    #expect(analysis.cutCount == expected.truncate_observations)
    #expect(analysis.isAtLimit == expected.at_limit ?? false)
    var accuracy = Accuracy()
    accuracy.compare(analysis.least, expected.mser_value, "least")
    for (index, statistic) in (expected.statistic_first_10 ?? []).enumerated() {
      accuracy.compare(analysis.statistics[index], statistic, "statistic \(index)")
    }
    accuracy.compare(analysis.meanAfterCut, expected.mean_after ?? 3, "mean after")
    #expect(accuracy.worst < 1e-9, "\(accuracy)")
  }

  @Test("there are six series") func caseCount() { #expect(Self.cases.count == 6) }

  @Test("less than two batches tell nothing")
  func tooShort() {
    #expect(MSER5(Array(repeating: 1, count: 9)) == nil)
    #expect(MSER5(Array(repeating: 1, count: 10)) != nil)
  }
}
