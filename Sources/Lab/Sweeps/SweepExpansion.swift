public import WeirFormats
import WeirSimulation

/// The scenario at one point of its sweep.
public struct ScenarioPoint: Sendable {
  /// The number of the point, from 0.
  public let index: Int
  /// The name of the point in results.
  public let name: String
  /// The swept values by axis; `nil` where the scenario is left as it is.
  public let values: [JSONNode?]
  /// What text columns of the axes hold.
  let labels: [String?]
  /// The scenario with the values set.
  public let scenario: Scenario
  /// The other files that it names.
  let inputs: [InputFile]
  /// The digest of all that decides a run, for each policy; see ``RunContent``.
  let contents: [String]

  /// The point whose scenario was read from the document with this canonical form.
  init(
    index: Int = 0, name: String, values: [JSONNode?], labels: [String?] = [],
    reading: Reading<Scenario>, canonical: JSONNode
  ) {
    self.index = index
    self.name = name
    self.values = values
    self.labels = labels
    scenario = reading.value
    inputs = reading.inputs
    contents = RunContent.digests(of: canonical, inputs: inputs)
  }
}

/// The reading of a scenario at every point of its sweep.
struct SweepExpansion {
  /// The scenario as it stands.
  let file: ScenarioFile
  /// Its document with all policies, also those that were not chosen.
  let document: JSONNode
  let extensions: Extensions
  /// The files that it may name.
  let files: InputFiles
  /// The scenario with every default written out.
  private let defaults: JSONNode

  init(file: ScenarioFile, document: JSONNode, extensions: Extensions, files: InputFiles) {
    self.file = file
    self.document = document
    self.extensions = extensions
    self.files = files
    defaults = file.canonical
  }

  /// The axes and points of `sweep`.
  ///
  /// - Throws: ``ScenarioFailure/invalid(_:)`` with every issue once, however many points have it.
  func points(
    of sweep: Sweep
  ) throws(ScenarioFailure) -> (axes: [SweepAxis], points: [ScenarioPoint]) {
    let taken = ResultReference.columnNames(of: Study(file))
    var issues = nameIssues(sweep, taken)
    guard issues.isEmpty else { throw .invalid(issues) }
    let design: SweepPoints
    do throws(ScenarioIssue) {
      design = try SweepPoints(sweep, in: document, taken: taken)
    } catch {
      var issue = error
      issue.position = document["sweep"]?.position
      throw .invalid([issue])
    }
    var points: [ScenarioPoint] = []
    for point in design.points {
      if let read = read(point, points.count, design.axes, &issues) { points.append(read) }
    }
    guard issues.isEmpty else { throw .invalid(issues) }
    return (design.axes, points)
  }

  /// Chosen names that columns have anyway.
  private func nameIssues(_ sweep: Sweep, _ taken: Set<String>) -> [ScenarioIssue] {
    sweep.names.filter { taken.contains($0.value) }.map { entry in
      let pointer = JSONPointer(["sweep", "names", entry.key])
      return ScenarioIssue(
        .rule(
          expected: "a name that no column of the results has",
          found: JSONWriter.quoted(entry.value)), pointer: pointer,
        position: document[pointer]?.position)
    }
  }

  /// The scenario at a point; `nil` when something was recorded.
  private func read(
    _ point: SweepPoints.Point, _ index: Int, _ axes: [SweepAxis],
    _ issues: inout [ScenarioIssue]
  ) -> ScenarioPoint? {
    var found: [ScenarioIssue] = []
    var document = document.without("sweep")
    for (axis, value) in zip(axes, point.values) {
      guard let value else { continue }
      do throws(ScenarioIssue) {
        document = try withGroups(document, above: axis.pointer).setting(axis.pointer, to: value)
      } catch {
        found.append(error)
      }
    }
    var reading = Scenario.read(from: document, extensions: extensions, inputs: files)
    found += reading.issues
    if found.isEmpty, !file.overrides.policies.isEmpty {
      document = file.overrides.choosing(among: reading.value, in: document, &found)
      reading = Scenario.read(from: document, extensions: extensions, inputs: files)
      found += reading.issues
    }
    if found.isEmpty { found = frameIssues(reading.value, document) }
    record(found, at: point, axes, &issues)
    guard found.isEmpty else { return nil }
    return ScenarioPoint(
      index: index, name: point.name, values: point.values, labels: point.labels,
      reading: reading, canonical: CanonicalDocument.node(document, reading.origins))
  }

  /// The document with those groups above a place written out that it leaves to their defaults.
  private func withGroups(
    _ document: JSONNode, above pointer: JSONPointer
  ) throws(ScenarioIssue) -> JSONNode {
    var document = document
    for depth in 1..<max(1, pointer.tokens.count) {
      let place = JSONPointer(Array(pointer.tokens.prefix(depth)))
      guard document[place] == nil, defaults[place]?.members != nil else { continue }
      document = try document.setting(place, to: .object([]))
    }
    return document
  }

  /// What must be the same at every point for runs to be comparable: who decides and who asks.
  private func frameIssues(_ scenario: Scenario, _ document: JSONNode) -> [ScenarioIssue] {
    var issues: [ScenarioIssue] = []
    func check(_ member: String, _ names: [String], _ base: [String]) {
      guard names != base else { return }
      let list = base.map { JSONWriter.quoted($0) }.joined(separator: ", ")
      issues.append(
        ScenarioIssue(
          .rule(
            expected: "the same names at every point: \(list)",
            found: names.map { JSONWriter.quoted($0) }.joined(separator: ", ")),
          pointer: JSONPointer([member]), position: document[member]?.position))
    }
    check("policies", scenario.policies.map(\.name), file.scenario.policies.map(\.name))
    check(
      "populations", scenario.setting.populations.map(\.name),
      file.scenario.setting.populations.map(\.name))
    return issues
  }

  /// Records issues of a point, those that other points have too only once.
  private func record(
    _ found: [ScenarioIssue], at point: SweepPoints.Point, _ axes: [SweepAxis],
    _ issues: inout [ScenarioIssue]
  ) {
    for var issue in found {
      let isKnown = issues.contains {
        $0.problem == issue.problem && $0.pointer == issue.pointer
          && $0.position == issue.position
      }
      if isKnown { continue }
      // The value itself shows where it stands; elsewhere the point has to be told.
      let isOfAxis = axes.contains { issue.pointer.tokens.starts(with: $0.pointer.tokens) }
      if !isOfAxis { issue.context = "at the point \(point.name)" }
      issues.append(issue)
    }
  }
}
