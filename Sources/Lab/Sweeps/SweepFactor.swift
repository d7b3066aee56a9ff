import WeirFormats

/// A part of a sweep: levels, each of which sets some axes, combined with those of other factors.
enum SweepFactor: Sendable {
  /// One axis with its values, and the member of the sweep that they stand in.
  case values(String, [JSONNode], of: String)
  /// Several axes that move together.
  case zipped([(key: String, value: [JSONNode])])
  /// Combinations that were written out.
  case listed([[(key: String, value: JSONNode)]])
  /// Sampled combinations.
  case sampled(LatinHypercube)

  /// One setting of the axes of a factor.
  struct Level: Sendable {
    /// The name of the level, when it is not made from the values.
    var name: String?
    /// The values, by the pointer of the axis.
    var values: [(axis: String, value: JSONNode)]
    /// The number of the level, from 1, for values that are too long for a name.
    var number: Int
  }

  /// The pointers of the axes that it sets, in the order of the columns.
  var pointers: [String] {
    switch self {
    case .values(let axis, _, _): return [axis]
    case .zipped(let axes): return axes.map(\.key)
    case .listed(let entries):
      var found: [String] = []
      for key in entries.joined().map(\.key) where key != "name" && !found.contains(key) {
        found.append(key)
      }
      return found.sorted { AxisOrder($0) < AxisOrder($1) }
    case .sampled(let sampled):
      return sampled.axes.map(\.key).sorted { AxisOrder($0) < AxisOrder($1) }
    }
  }

  /// Where each axis stands in the sweep, as a path of ``Fields``.
  var places: [(place: String, axis: String)] {
    pointers.map { axis in
      switch self {
      case .values, .zipped: (JSONPointer([member, axis]).path, axis)
      case .listed(let entries):
        (
          JSONPointer([
            member, "\(entries.firstIndex { $0.contains { $0.key == axis } } ?? 0)", axis,
          ]).path, axis
        )
      case .sampled: (JSONPointer([member, "axes", axis]).path, axis)
      }
    }
  }

  private var member: String {
    switch self {
    case .values(_, _, let member): member
    case .zipped: "zip"
    case .listed: "list"
    case .sampled: "latinHypercube"
    }
  }

  /// The number of levels.
  var count: Int {
    switch self {
    case .values(_, let values, _): values.count
    case .zipped(let axes): axes.map(\.value.count).min() ?? 0
    case .listed(let entries): entries.count
    case .sampled(let sampled): Int(sampled.points)
    }
  }

  /// The levels, in the order of the points.
  var levels: [Level] {
    switch self {
    case .values(let axis, let values, _):
      return values.enumerated().map { Level(values: [(axis, $1)], number: $0 + 1) }
    case .zipped(let axes):
      return (0..<count).map { place in
        Level(values: axes.map { ($0.key, $0.value[place]) }, number: place + 1)
      }
    case .listed(let entries):
      return entries.enumerated().map { place, entry in
        let values = entry.filter { $0.key != "name" }
          .sorted { AxisOrder($0.key) < AxisOrder($1.key) }
        return Level(
          name: entry.first { $0.key == "name" }?.value.text,
          values: values.map { ($0.key, $0.value) }, number: place + 1)
      }
    case .sampled(let sampled):
      let columns = pointers.map { axis in
        (axis, sampled.axes.first { $0.key == axis }.map { sampled.nodes(axis, $0.value) } ?? [])
      }
      return (0..<count).map { place in
        // Sampled values have many digits, and many axes: their number says as much.
        Level(
          name: "sample=\(place + 1)", values: columns.map { ($0.0, $0.1[place]) },
          number: place + 1)
      }
    }
  }
}
