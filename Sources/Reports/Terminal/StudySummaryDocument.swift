public import WeirFormats
public import WeirLab
import WeirSimulation

/// The end-of-run summary for programs.
public enum StudySummaryDocument {
  /// The comparisons and thresholds of a study, with the folder of its results.
  public static func document(_ outcome: StudyOutcome) -> JSONNode {
    let study = outcome.summary.study
    return .object([
      ("name", .text(study.scenario.name)),
      ("folder", outcome.folder.map { .text($0) } ?? .null),
      ("complete", .flag(outcome.isComplete)),
      ("replications", .number(outcome.summary.completeReplications)),
      ("baseline", .text(study.scenario.baseline)),
      ("primaryMetric", .text(study.scenario.primaryMetric.name)),
      ("comparisons", .list(outcome.comparisons.map { comparison($0, study) })),
      ("thresholds", .list(outcome.thresholds.map(threshold))),
    ])
  }

  private static func comparison(_ row: MetricComparison, _ study: Study) -> JSONNode {
    .object([
      ("policy", .text(study.scenario.policies[row.policy].name)),
      ("point", .text(study.points[row.point].name)),
      (
        "population", .text(row.scope.name(study.scenario.setting.populations.map(\.name)))
      ),
      ("metric", .text(row.metric.name)),
      ("mean", number(row.mean?.mean)),
      ("halfWidth", number(row.mean?.halfWidth)),
      ("difference", number(row.paired?.difference.mean)),
      ("differenceHalfWidth", number(row.paired?.meanInterval.halfWidth)),
      ("adjustedPValue", number(row.adjustedPValue)),
      ("verdict", row.judgement.map { .text($0.verdict.rawValue) } ?? .null),
    ])
  }

  private static func threshold(_ outcome: ThresholdOutcome) -> JSONNode {
    .object(
      [
        ("id", .text(outcome.threshold.id)),
        ("policy", .text(outcome.policyName)),
        ("metric", .text(outcome.threshold.metric.name)),
      ] + (outcome.threshold.layer.map { [("layer", .text($0))] } ?? []) + [
        ("bound", .text(outcome.threshold.bound)),
        ("value", number(outcome.result.value)),
        ("result", .text(outcome.result.outcome.rawValue)),
        ("reason", .text(outcome.result.reason.description)),
      ])
  }

  private static func number(_ value: Double?) -> JSONNode { value.map { .number($0) } ?? .null }
}
