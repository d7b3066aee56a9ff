import WeirFormats
import WeirLab
import WeirSimulation

/// The files of results.
extension ReferenceArticles {
  /// A scenario whose one layer is called `LAYER`, for columns that are named after layers.
  private static let sample = """
    {
      "name": "reference", "horizon": "1h",
      "populations": [ {
        "name": "users", "accounts": 1,
        "workload": {"type": "openLoop", "interarrival": "1m", "service": "1s"}
      } ],
      "fleet": [ {"name": "servers", "servers": 1} ],
      "policies": [ {
        "name": "policy", "layers": [ {"type": "fixedWindow", "name": "LAYER", "limit": 1, "per": "1h"} ]
      } ]
    }
    """

  static func resultFiles() -> Article {
    let name = "reference.json"
    guard let file = try? ScenarioFile(name, reader: .texts([name: sample])) else {
      preconditionFailure("the scenario of the reference is not valid")
    }
    let tables = ResultReference.tables(of: Study(file)).map(section)
    let start = """
      A run writes one folder of tidy CSV: UTF-8, line feeds, units in the names of columns, an empty
      cell for what is undefined, and numbers with as few digits as read back the same. Axes of a
      sweep are columns after `point`, called after what they set.

      Beside the tables there are `datapackage.json`, the data dictionary of the folder as a
      Frictionless data package; `manifest.json`, which holds the whole scenario, the digests of all
      files and the command that makes them again; and `provenance.json`, which alone differs from
      run to run: the time, the host, the number of threads.

      """
    return article(
      "ResultFiles", "Result files", "Every file that a run writes, with every column.",
      [start] + tables)
  }

  private static func section(_ table: TableDescription) -> String {
    let metrics = Set(Metric.allCases.map(\.name))
    var rows: [[String]] = []
    var hasMetrics = false
    for column in table.columns {
      if metrics.contains(column.name), table.columns.count > metrics.count {
        if !hasMetrics {
          rows.append(["every metric", "number", "", "See <doc:MetricReference>."])
        }
        hasMetrics = true
        continue
      }
      rows.append(["`\(column.name)`", column.kind.rawValue, column.unit, column.text])
    }
    return """
      ## \(table.fileName)

      \(table.text)

      \(self.table(["column", "type", "unit", "meaning"], rows))
      Rows are told apart by \(table.key.map { "`\($0)`" }.joined(separator: ", ")).

      """
  }
}
