import WeirFormats

/// The points of a sweep that a threshold is asserted at: by name, by the values of axes, or all.
struct PointScope: Sendable, Equatable {
  /// The name of the only point; every one when `nil`.
  let name: String?
  /// What the values of the axes must satisfy.
  let conditions: [SweepFilter]

  /// Whether the threshold is asserted at `point`, whose values are those of `axes`.
  func contains(_ point: ScenarioPoint, axes: [SweepAxis]) -> Bool {
    guard name ?? point.name == point.name else { return false }
    return conditions.allSatisfy { condition in
      condition.holds { pointer in
        axes.firstIndex { $0.pointer.description == pointer }.flatMap { point.values[$0] }
      }
    }
  }
}

extension ScenarioFile {
  /// What thresholds say of points that do not exist.
  ///
  /// It can be said only when the sweep has been expanded.
  var pointIssues: [ScenarioIssue] {
    scenario.thresholds.enumerated().flatMap { index, threshold in
      issues(threshold.points, at: JSONPointer(["thresholds", String(index), "where"]))
    }
  }

  private func issues(_ scope: PointScope, at pointer: JSONPointer) -> [ScenarioIssue] {
    if let name = scope.name, !points.contains(where: { $0.name == name }) {
      let place = pointer.appending("point")
      return [
        .unknownName(
          name, known: points.map(\.name), pointer: place, position: document[place]?.position)
      ]
    }
    let known = axes.map(\.pointer.description)
    let list = pointer.appending("at")
    for (index, condition) in scope.conditions.enumerated() {
      let place = list.appending(index)
      for pointer in condition.pointers where !known.contains(pointer) {
        return [
          .unknownName(
            pointer, known: known, pointer: place, position: document[place]?.position)
        ]
      }
    }
    if points.contains(where: { scope.contains($0, axes: axes) }) { return [] }
    return [
      ScenarioIssue(
        .rule(expected: "conditions that some point satisfies", found: "none that does"),
        pointer: list, position: document[list]?.position)
    ]
  }
}
