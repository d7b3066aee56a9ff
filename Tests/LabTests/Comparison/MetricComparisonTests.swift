import Foundation
import Testing

@testable import WeirLab
@testable import WeirSimulation

/// Expected numbers: scipy 1.17.1, `stats.t.ppf(.975, 4) * stats.sem(x)`, `stats.ttest_rel`, and
/// Holm's procedure by hand over two tests.
@Suite struct MetricComparisonTests {
  static let base: [Double?] = [10, 12, 9, 14, 11]
  static let lower: [Double?] = [9, 11.5, 8, 12, 10.5]
  static let alike: [Double?] = [10.5, 12, 9.5, 13, 11.5]

  @Test("means, paired differences and Holm's p-values are those of scipy")
  func scipy() throws {
    let rows = try StudySummary.made(of: .endToEndMean, [Self.base, Self.lower, Self.alike])
      .comparisons(of: .endToEndMean)
    #expect(rows.map(\.isBaseline) == [true, false, false])
    #expect(rows.map(\.count) == [5, 5, 5])
    expect(rows.map { $0.mean?.mean }, [11.2, 10.2, 11.3])
    expect(
      rows.map { $0.mean?.halfWidth }, [2.38838838809998, 2.0869561072360585, 1.6773956924633275])
    expect(rows.map { $0.paired?.difference.mean }, [nil, -1, 0.1])
    expect(
      rows.map { $0.paired?.meanInterval.halfWidth },
      [nil, 0.7603608068958176, 0.8094658923543516])
    expect(rows.map { $0.paired?.pValue }, [nil, 0.02174297846523663, 0.7488684500235266])
    expect(rows.map(\.adjustedPValue), [nil, 0.04348595693047326, 0.7488684500235266])
    expect(rows.map { $0.paired?.varianceGain }, [nil, 17.4, 13])
    #expect(rows.map { $0.judgement?.verdict } == [nil, .better, .tie])
  }

  @Test("the same difference is worse where more is better, and nothing where neither is")
  func directions() throws {
    let fairer = try StudySummary.made(of: .jainService, [Self.base, Self.lower, Self.alike])
    #expect(
      fairer.comparisons(of: .jainService).map { $0.judgement?.verdict } == [nil, .worse, .tie])
    let counted = try StudySummary.made(of: .attempts, [Self.base, Self.lower, Self.alike])
    #expect(counted.comparisons(of: .attempts).allSatisfy { $0.judgement == nil })
    #expect(counted.comparisons(of: .attempts)[1].adjustedPValue != nil)
  }

  @Test("identical outputs are equivalent without a test, and leave the family of tests")
  func identical() throws {
    let rows = try StudySummary.made(of: .endToEndMean, [Self.base, Self.lower, Self.base])
      .comparisons(of: .endToEndMean)
    #expect(rows[2].judgement?.verdict == .equivalent)
    #expect(rows[2].adjustedPValue == nil)
    #expect(rows[1].adjustedPValue == rows[1].paired?.pValue)
  }

  @Test("a metric that is undefined in one replication has no mean of the others")
  func undefined() throws {
    var gap = Self.lower
    gap[3] = nil
    let rows = try StudySummary.made(of: .endToEndP99, [Self.base, gap, Self.alike])
      .comparisons(of: .endToEndP99)
    #expect(rows[1].count == 4)
    #expect(rows[1].mean == nil)
    #expect(rows[1].paired == nil)
    #expect(rows[1].judgement == nil)
    #expect(rows[2].paired != nil)
  }

  @Test("a metric that nothing defines is left out")
  func absent() throws {
    let summary = try StudySummary.made(of: .endToEndMean, [Self.base, Self.base, Self.base])
    #expect(summary.comparisons(of: .revenue).isEmpty)
    #expect(summary.comparisons().map(\.metric) == Array(repeating: .endToEndMean, count: 3))
  }

  private func expect(
    _ found: [Double?], _ wanted: [Double?], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (found, wanted) in zip(found, wanted) {
      switch (found, wanted) {
      case (nil, nil): break
      case (let found?, let wanted?):
        #expect(
          (found - wanted).magnitude <= 1e-12 * wanted.magnitude, sourceLocation: sourceLocation)
      default: Issue.record("\(String(describing: found))", sourceLocation: sourceLocation)
      }
    }
  }
}

extension StudySummary {
  /// A study of five replications in which three policies have the given values of one metric.
  static func made(
    of metric: Metric, _ values: [[Double?]], thresholds: String = "",
    populations: Bool = false
  ) throws -> StudySummary {
    let extra = #"{"name": "third"}"#
    let text = tiny("\"replications\": 3", by: "\"replications\": 5")
      .replacingOccurrences(of: "],\n  \"baseline\"", with: ", \(extra)],\n  \"baseline\"")
    var summary = StudySummary(Study(try TinyScenario.file(try with(thresholds, in: text))))
    for run in summary.study.runs {
      var row = MetricRow()
      row[metric] = values[run.policy][run.replication]
      summary.add(.made(populations ? MetricRow() : row, populations: [row, row]), of: run)
    }
    return summary
  }

  private static func with(_ thresholds: String, in text: String) throws -> String {
    let start = try #require(text.range(of: "\"thresholds\": [")).upperBound
    return text[..<start] + thresholds + "]\n}"
  }
}

extension RunResult {
  /// A result with nothing but metrics.
  static func made(_ metrics: MetricRow, populations: [MetricRow] = []) -> RunResult {
    RunResult(
      metrics: metrics, populations: populations, layers: [], layersByPopulation: [],
      paidShares: [], queueRefusals: [0], timeline: [], usage: [], latency: [], lorenz: [],
      unlabelledLorenz: [], accounts: [], isSaturated: false, broken: [])
  }
}
