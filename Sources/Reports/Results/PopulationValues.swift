import WeirFormats
import WeirSimulation

/// The metrics of one population in each run.
struct PopulationValues: Sendable {
  /// The name.
  let name: String
  /// The plan that its accounts are on.
  let plan: String
  /// Whether the scenario labels its accounts as abusive.
  let isAbusive: Bool
  /// The metrics.
  var metrics: MetricValues

  /// Reads `populations.csv`: the populations one by one, and those that are not labelled together.
  static func read(
    _ rows: CSVReader, _ facts: ManifestFacts
  ) throws(ScenarioIssue) -> (each: [PopulationValues], unlabelled: MetricValues?) {
    var rows = rows
    let places = try RunPlaceColumns(rows, facts)
    let columns = try MetricValues.Columns(rows)
    let name = try rows.column("population")
    let plan = try rows.column("plan")
    let abusive = facts.list("populations").compactMap { node in
      node["abusive"] == true ? node["name"]?.text : nil
    }
    var populations: [PopulationValues] = []
    while try rows.next() {
      guard let place = try places.place(rows) else { continue }
      let text = rows.text(name)
      let index = populations.firstIndex { $0.name == text } ?? populations.count
      if index == populations.count {
        populations.append(
          PopulationValues(
            name: text, plan: rows.text(plan), isAbusive: abusive.contains(text),
            metrics: MetricValues(rows, facts)))
      }
      try populations[index].metrics.take(rows, columns, at: place)
    }
    let unlabelled = populations.first { $0.name == AccountScope.unlabelledName }
    return (
      populations.filter { $0.name != AccountScope.unlabelledName }, unlabelled?.metrics
    )
  }
}
