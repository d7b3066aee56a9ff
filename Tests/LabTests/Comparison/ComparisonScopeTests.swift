import Foundation
import Testing
import WeirFormats

@testable import WeirLab
@testable import WeirSimulation

/// Which accounts decide, where some are labelled as abusive.
@Suite struct ComparisonScopeTests {
  private static func labelled(_ thresholds: String = "") -> String {
    tiny(#""name": "heavy","#, by: #""name": "heavy", "abusive": true,"#)
      .replacingOccurrences(of: "\"thresholds\": [", with: "\"thresholds\": [\(thresholds)")
  }

  private static func summary(_ text: String) throws -> StudySummary {
    let study = Study(try TinyScenario.file(text))
    var summary = StudySummary(study)
    for run in study.runs { summary.add(StudyRunner.result(of: run.index, in: study), of: run) }
    return summary
  }

  @Test("the accounts that are not labelled decide, here those of the only such population")
  func decisive() throws {
    let summary = try Self.summary(Self.labelled())
    #expect(summary.study.scenario.headline == .unlabelled)
    for metric in [Metric.servedShare, .intents, .endToEndP50, .jainService] {
      let rows = summary.comparisons(of: metric)
      #expect(rows.allSatisfy { $0.scope == .unlabelled })
      for row in rows {
        let light = summary.values(of: metric, policy: row.policy, scope: .population(0))
        #expect(row.mean?.mean == MeanInterval(all: light)?.mean, "\(metric)")
      }
    }
    let everyone = summary.comparisons(of: .servedShare, scope: .everyone)
    #expect(everyone[0].mean?.mean != summary.comparisons(of: .servedShare)[0].mean?.mean)
  }

  @Test("what only all accounts have is of everyone, and stands once")
  func fleet() throws {
    let summary = try Self.summary(Self.labelled())
    #expect(summary.comparisons(of: .utilisation).allSatisfy { $0.scope == .everyone })
    let all = summary.comparisons()
    #expect(all.filter { $0.metric == .utilisation }.map(\.scope) == [.everyone, .everyone])
    let served = all.filter { $0.metric == .servedShare }
    #expect(served.map(\.scope) == [.everyone, .everyone, .unlabelled, .unlabelled])
  }

  @Test("where nobody is labelled there is one scope")
  func everyone() throws {
    let summary = try Self.summary(TinyScenario.text)
    #expect(summary.study.scenario.headline == .everyone)
    #expect(summary.comparisons().allSatisfy { $0.scope == .everyone })
  }

  @Test("a threshold may be of the accounts that are not labelled")
  func threshold() throws {
    let bound = """
      {"id": "few", "metric": "served_share", "where": {"policy": "waterfall", "population":
        "(unlabelled)"}, "assert": ">= 0"},
      """
    let summary = try Self.summary(Self.labelled(bound))
    let outcome = try #require(summary.thresholdOutcomes().first)
    let light = summary.values(of: .servedShare, policy: 1, scope: .population(0))
    #expect(outcome.threshold.id == "few")
    #expect(outcome.result.value == MeanInterval(all: light)?.mean)
  }

  @Test("a threshold on them is an error where nobody is labelled")
  func threshold_Fails() throws {
    let text = tiny(
      #""where": {"policy": "waterfall"}"#,
      by: #""where": {"policy": "waterfall", "population": "(unlabelled)"}"#)
    let found = issues(["tiny.json": text])
    #expect(found.map(\.pointer.description) == ["/thresholds/0/where/population"])
  }
}
