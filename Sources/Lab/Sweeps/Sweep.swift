public import WeirFormats

/// What is varied over the points of a study: values at places of the scenario, in combination.
///
/// Every axis of `grid` and `logspace` is combined with every other, and with each combination of
/// `zip`, `list` and `latinHypercube`; `keep` then drops points. Axes stand in the order of their
/// pointers, whatever their order in the file.
public struct Sweep: Declared, Sendable {
  /// What the sweep is, for the reference.
  public static let declaredHelp =
    "What is varied: each combination of values is a point, run under every policy in the same"
    + " random worlds. Axes are JSON pointers into the scenario."

  /// The parts of a sweep that are combined with one another.
  private(set) var factors: [SweepFactor] = []
  /// What points must satisfy.
  private(set) var filters: [SweepFilter] = []
  /// Names that were chosen for axes.
  private(set) var names: [(key: String, value: String)] = []

  /// Reads the sweep.
  public init(_ fields: Fields) {
    let values = ValueKind<[JSONNode]>.list(of: .json, count: 1...10_000)
    let grid = fields.optional(
      "grid", .map(of: values, namesOnly: false),
      "Values by pointer; every combination of them is a point.")
    let logspace = fields.optional(
      "logspace", .map(of: .object(LogarithmicRange.self), namesOnly: false),
      "Values at equal ratios, by pointer; combined like those of grid.")
    let zip = fields.optional(
      "zip", .map(of: values, namesOnly: false),
      "Values by pointer, taken together: the first of each, the second of each, and so on.")
    let list = fields.optional(
      "list", .list(of: .map(of: .json, namesOnly: false), count: 1...10_000),
      "Combinations written out: values by pointer, and \"name\" for the combination.")
    let sampled = fields.optional(
      "latinHypercube", .object(LatinHypercube.self),
      "Points spread at random over many axes at once.")
    let filters = fields.value(
      "keep", .list(of: .sweepFilter), default: [],
      "What points must satisfy to be run, such as \"/fleet/0/servers <= 40\".")
    let names = fields.optional(
      "names", .map(of: .name, namesOnly: false),
      "Names for axes, by pointer; by default the last parts of the pointer that tell them apart.")
    self.filters = filters
    self.names = names ?? []
    factors += Self.sorted(grid ?? []).map { .values($0.key, $0.value, of: "grid") }
    factors += Self.sorted(logspace ?? []).map { .values($0.key, $0.value.nodes, of: "logspace") }
    if let zip, !zip.isEmpty { factors.append(.zipped(Self.sorted(zip))) }
    if let list { factors.append(.listed(list)) }
    if let sampled { factors.append(.sampled(sampled)) }
    checkAxes(fields, zip, list)
    checkReferences(fields)
  }

  /// The pointers of all axes, in their order.
  var pointers: [JSONPointer] {
    factors.flatMap(\.pointers).compactMap { JSONPointer(parsing: $0) }
  }

  private static func sorted<Value>(
    _ map: [(key: String, value: Value)]
  ) -> [(key: String, value: Value)] {
    map.sorted { AxisOrder($0.key) < AxisOrder($1.key) }
  }

  // MARK: Rules

  /// Members of a scenario that are the same at every point: the frame of the study.
  static let frame: Set<String> = [
    "$schema", "extends", "name", "description", "seed", "replications", "baseline",
    "primaryMetric", "smallestDifference", "thresholds", "sweep",
  ]

  private func checkAxes(
    _ fields: Fields, _ zip: [(key: String, value: [JSONNode])]?,
    _ list: [[(key: String, value: JSONNode)]]?
  ) {
    var seen: [JSONPointer] = []
    for factor in factors {
      for (place, key) in factor.places {
        guard let pointer = JSONPointer(parsing: key), let top = pointer.tokens.first else {
          fields.check(false, at: place, expected: "a JSON pointer, such as /fleet/0/servers")
          continue
        }
        fields.check(
          !Self.frame.contains(top), at: place,
          expected: "a part of the world or of a policy, not \(pointer)")
        let other = seen.first { pointer.leads(to: $0) || $0.leads(to: pointer) }
        fields.check(
          other == nil, at: place, expected: "a place apart from \(other?.description ?? "")")
        seen.append(pointer)
      }
    }
    for entry in zip ?? [] {
      let count = zip?.first?.value.count ?? 0
      fields.check(
        entry.value.count == count, at: JSONPointer(["zip", entry.key]).path,
        expected: "\(count) values, as many as the first axis has, not \(entry.value.count)")
    }
    for (index, entry) in (list ?? []).enumerated() {
      let name = entry.first { $0.key == "name" }
      fields.check(
        name == nil || name?.value.text?.isEmpty == false, at: "list/\(index)/name",
        expected: "a name, as text")
    }
  }

  private func checkReferences(_ fields: Fields) {
    let pointers = pointers.map(\.description)
    for (index, entry) in names.enumerated() {
      let place = JSONPointer(["names", entry.key]).path
      fields.check(
        pointers.contains(entry.key), at: place,
        expected: "the pointer of an axis, not \(entry.key)",
        suggestion: nearestName(entry.key, in: pointers))
      fields.check(
        !names[..<index].contains { $0.value == entry.value }, at: place,
        expected: "a name that no other axis has, not \"\(entry.value)\" again")
    }
    for (index, filter) in filters.enumerated() {
      for pointer in filter.pointers where !pointers.contains(pointer) {
        fields.check(
          false, at: "keep/\(index)", expected: "the pointer of an axis, not \(pointer)",
          suggestion: nearestName(pointer, in: pointers))
      }
    }
  }
}

extension JSONPointer {
  /// Whether `other` is this place or lies below it.
  fileprivate func leads(to other: JSONPointer) -> Bool { other.tokens.starts(with: tokens) }

  /// The pointer without its first slash, as a path of ``Fields``.
  var path: String { String(description.dropFirst()) }
}

/// The order of axes: by the parts of their pointers, indices by number.
struct AxisOrder: Comparable {
  private let parts: [(number: Int, text: String)]

  init(_ pointer: String) {
    parts = (JSONPointer(parsing: pointer)?.tokens ?? [pointer]).map { token in
      (Int(token) ?? .max, token)
    }
  }

  static func < (left: AxisOrder, right: AxisOrder) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts) { $0 < $1 }
  }

  static func == (left: AxisOrder, right: AxisOrder) -> Bool {
    left.parts.elementsEqual(right.parts) { $0 == $1 }
  }
}
