import WeirFormats
import WeirKernel

/// Points that are spread over many axes at once: on each axis, one in each of n equal cells.
///
/// The order of the cells on an axis and the place in each cell are samples at addresses of their
/// own, below the axis' pointer: another axis, or other ends, shift none of them. Source: McKay,
/// Beckman and Conover, "A comparison of three methods for selecting values of input variables in
/// the analysis of output from a computer code", 1979.
struct LatinHypercube: Declared {
  static let declaredName = "Latin hypercube"
  static let declaredHelp =
    "Points spread over many axes at once: on each axis, one in each of as many equal cells."

  let points: Int64
  let axes: [(key: String, value: SampledRange)]
  let seed: UInt64

  init(_ fields: Fields) {
    points = fields.required("points", .integer(in: 1...10_000), "How many points.")
    axes = fields.required(
      "axes", .map(of: .object(SampledRange.self), namesOnly: false),
      "The ends of each axis, by its pointer.")
    seed = fields.value(
      "seed", .seed, default: 1,
      "The root of the points' samples; the scenario's own seed does not move them.")
  }

  /// How far each point lies along one axis, from 0 to below 1.
  static func shares(points: Int, seed: UInt64, axis: String) -> [Double] {
    let key = SampleKey(seed: seed).child(named: axis)
    var cells = Array(0..<points)
    var order = key.samples(.order)
    // Fisher and Yates: every order of the cells is equally likely.
    for place in stride(from: points - 1, to: 0, by: -1) {
      cells.swapAt(place, Int(order.below(UInt64(place + 1))))
    }
    var within = key.samples(.placeInCell)
    return cells.map { (Double($0) + within.uniform()) / Double(points) }
  }

  /// The values of one axis, point by point.
  func nodes(_ axis: String, _ range: SampledRange) -> [JSONNode] {
    Self.shares(points: Int(points), seed: seed, axis: axis).map { range.node(at: $0) }
  }
}

extension Purpose {
  /// The order of the cells on an axis.
  fileprivate static let order = Purpose(rawValue: 1)
  /// The place of a point in its cell.
  fileprivate static let placeInCell = Purpose(rawValue: 2)
}
