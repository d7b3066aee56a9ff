import WeirFormats

/// The points of a sweep: every combination of the levels of its factors that is kept.
struct SweepPoints: Sendable {
  /// One combination.
  struct Point: Sendable {
    let name: String
    /// The values by axis; `nil` where a combination leaves the scenario as it is.
    let values: [JSONNode?]
    /// What the cells of text columns hold.
    let labels: [String?]
  }

  /// The most points that a study can have.
  static let limit = 10_000

  let axes: [SweepAxis]
  let points: [Point]

  /// The points of `sweep` in a document; `taken` are names that columns have anyway.
  ///
  /// - Throws: Why there are none, or too many.
  init(_ sweep: Sweep, in document: JSONNode, taken: Set<String>) throws(ScenarioIssue) {
    let pointers = sweep.pointers
    let names = SweepAxis.names(pointers, in: document, given: sweep.names, taken: taken)
    let keys = pointers.map(\.description)
    let count = sweep.factors.reduce(1) { $0 > Self.limit ? $0 : $0 * $1.count }
    if count > Self.limit {
      throw Self.issue("at most \(Self.limit) combinations", found: "more")
    }
    var points: [Point] = []
    var values = [[JSONNode]](repeating: [], count: pointers.count)
    let levels = sweep.factors.map(\.levels)
    for number in 0..<count {
      let point = Self.point(Self.choice(number, among: levels), keys, names)
      func value(_ axis: String) -> JSONNode? {
        keys.firstIndex(of: axis).flatMap { point.values[$0] }
      }
      guard sweep.filters.allSatisfy({ $0.holds(value) }) else { continue }
      points.append(point)
      for (axis, value) in point.values.enumerated() {
        if let value { values[axis].append(value) }
      }
    }
    if points.isEmpty { throw Self.issue("a point that is kept", found: "none") }
    axes = pointers.indices.map {
      SweepAxis(pointers[$0], name: names[$0], values: values[$0])
    }
    self.points = try Self.named(points)
  }

  private static func issue(_ expected: String, found: String) -> ScenarioIssue {
    ScenarioIssue(
      .rule(expected: expected, found: found), pointer: JSONPointer(["sweep"]), position: nil)
  }

  /// One level of each factor for combination `number`; the last factor varies fastest.
  private static func choice(
    _ number: Int, among levels: [[SweepFactor.Level]]
  ) -> [SweepFactor.Level] {
    var rest = number
    var chosen: [SweepFactor.Level] = []
    for levels in levels.reversed() {
      chosen.append(levels[rest % levels.count])
      rest /= levels.count
    }
    return chosen.reversed()
  }

  private static func point(
    _ levels: [SweepFactor.Level], _ keys: [String], _ names: [String]
  ) -> Point {
    var values = [JSONNode?](repeating: nil, count: keys.count)
    var labels = [String?](repeating: nil, count: keys.count)
    var words: [String] = []
    for level in levels {
      var pairs: [String] = []
      for (axis, value) in level.values {
        guard let place = keys.firstIndex(of: axis) else { continue }
        let label = SweepAxis.label(value, number: level.number)
        values[place] = value
        labels[place] = label
        pairs.append("\(names[place])=\(label)")
      }
      words.append(level.name ?? (pairs.isEmpty ? "base" : pairs.joined(separator: " ")))
    }
    return Point(name: words.joined(separator: " "), values: values, labels: labels)
  }

  /// The points with names that tell them apart; long names give way to numbers.
  private static func named(_ points: [Point]) throws(ScenarioIssue) -> [Point] {
    if points.contains(where: { $0.name.utf8.count > 64 }) {
      return points.enumerated().map { index, point in
        Point(name: "point=\(index + 1)", values: point.values, labels: point.labels)
      }
    }
    var seen: Set<String> = []
    for point in points where !seen.insert(point.name).inserted {
      throw Self.issue("each point once", found: "\(JSONWriter.quoted(point.name)) again")
    }
    return points
  }
}
