import WeirFormats
import WeirLab
import WeirSimulation

/// `weir run --dry-run`: what the command would do, without doing it.
struct DryRun {
  let inventory: StudyInventory
  let options: StudyOptions
  /// Where results would go; `nil` when there would be none.
  let results: String?
  let console: Console

  private var study: Study { inventory.study }

  /// Tries runs for the estimate, and shows everything.
  func show() {
    let forecast = RunForecast(of: study)
    let policies = study.scenario.policies.map(\.name)
    let points = study.points.count
    let product =
      [
        NumberText.counted(policies.count, "policy", "policies"),
        NumberText.counted(points, "point", "points"),
        NumberText.counted(study.replications, "replication", "replications"),
      ].joined(separator: " x ")
    console.print("\(study.scenario.name): \(product) = \(Self.runs(study.count))")
    row("policies", policies.joined(separator: ", "))
    for axis in study.axes.indices { row(axis == 0 ? "axes" : "", self.axis(axis)) }
    row("seed", String(study.scenario.seed))
    row("plan", StudyPlan(study).digest)
    if let results { row("results", results) }
    row("records", options.records ?? "none")
    row("done", "\(inventory.done) of \(Self.runs(inventory.entries.count))")
    for (place, reason) in inventory.reasons.enumerated() {
      row(place == 0 ? "to make" : "", "\(Self.runs(reason.count)): \(reason.words)")
    }
    row("time", time(forecast))
  }

  /// Every run with its address and state, as one document.
  func showDocument() {
    let runs = inventory.entries.map { entry in
      JSONNode.object([
        ("run", .text(entry.run.id)), ("address", .text(entry.address)),
        ("done", .flag(entry.reason == nil)),
        ("reason", entry.reason.map { .text($0) } ?? .null),
      ])
    }
    console.write(
      JSONWriter.pretty(
        .object([
          ("name", .text(study.scenario.name)), ("planDigest", .text(StudyPlan(study).digest)),
          ("runs", .list(runs)),
        ])))
  }

  private func row(_ name: String, _ text: String) {
    console.print("  " + name + String(repeating: " ", count: max(1, 10 - name.count)) + text)
  }

  /// The name, place and values of an axis.
  private func axis(_ index: Int) -> String {
    var values: [String] = []
    for point in study.points {
      let text = point.values[index].map { JSONWriter.compact($0) } ?? "as it is"
      if !values.contains(text) { values.append(text) }
    }
    let shown = values.prefix(12).joined(separator: ", ")
    let rest = values.count > 12 ? " and \(values.count - 12) more" : ""
    let axis = study.axes[index]
    return "\(axis.name) (\(axis.pointer)): \(shown)\(rest)"
  }

  private func time(_ forecast: RunForecast) -> String {
    if inventory.done == inventory.entries.count { return "none: everything is done" }
    let limit = Self.duration(forecast.limit)
    guard let seconds = forecast.seconds(for: inventory.entries, jobs: options.jobs) else {
      return "unknown: a trial run takes longer than \(limit)"
    }
    let names = study.scenario.policies.map(\.name)
    let each = zip(names, forecast.seconds).map { name, seconds in
      "\(name) \(seconds.map { Self.duration($0) } ?? "not tried within \(limit)")"
    }
    let threads = NumberText.counted(options.jobs, "thread", "threads")
    return "about \(Self.duration(seconds)) on \(threads); a run, tried at the first point: "
      + each.joined(separator: ", ")
  }

  private static func duration(_ seconds: Double) -> String {
    NumberText.duration(nanoseconds: Int64(seconds * 1e9))
  }

  private static func runs(_ count: Int) -> String { NumberText.counted(count, "run", "runs") }
}
