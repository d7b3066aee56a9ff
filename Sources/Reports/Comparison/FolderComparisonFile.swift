import WeirFormats
import WeirLab
import WeirSimulation

/// A comparison of two folders as CSV: every metric that has a value in one of them.
public enum FolderComparisonFile {
  static let columns = [
    "policy", "point", "population", "metric", "unit", "better", "primary", "method", "first_mean",
    "first_half_width", "second_mean", "second_half_width", "difference_mean",
    "difference_half_width", "p_value", "p_value_holm", "verdict", "replications_needed",
    "variance_gain",
  ]

  /// The comparison as the text of a file, one row for each point, policy and metric.
  public static func csv(_ comparison: FolderComparison) -> String {
    var csv = CSVWriter(columns: columns)
    for row in comparison.rows {
      let definition = row.metric.definition
      let isOfSome = comparison.isAboutSome && definition.isByPopulation
      let scope = isOfSome ? AccountScope.unlabelledName : AccountScope.everyoneName
      for text in [row.policy, row.point, scope, row.metric.name, definition.unit] {
        csv.text(text)
      }
      csv.text(definition.better.rawValue)
      csv.flag(row.metric == comparison.primaryMetric)
      csv.text(row.method)
      for mean in [row.first, row.second] {
        csv.number(mean?.mean)
        csv.number(mean?.halfWidth)
      }
      csv.number(row.difference)
      csv.number(row.differenceHalfWidth)
      csv.number(row.pValue)
      csv.number(row.adjustedPValue)
      csv.text(row.judgement?.verdict.rawValue)
      csv.integer(row.judgement?.replicationsNeeded.map { Int64($0) })
      csv.number(row.varianceGain)
      csv.endRow()
    }
    return String(decoding: csv.bytes, as: UTF8.self)
  }
}

extension FolderComparison.Row {
  /// How the two were compared, in a word; `nil` where one of them has no mean.
  fileprivate var method: String? {
    switch test {
    case .paired: "paired"
    case .independent: "welch"
    case nil: nil
    }
  }

  fileprivate var varianceGain: Double? {
    if case .paired(let comparison) = test { comparison.varianceGain } else { nil }
  }
}
