import WeirFormats
import WeirKernel

/// How the values between two ends are written: as numbers, whole numbers, or with a unit.
struct SweptNumbers: Sendable {
  /// Whether values are rounded to whole numbers.
  let isWhole: Bool
  /// What follows the number, such as `h`; the value is then a text.
  let unit: String

  init(_ fields: Fields) {
    isWhole = fields.value(
      "whole", .flag, default: false, "Whether values are rounded to whole numbers.")
    let unit = fields.optional(
      "unit", .text(count: 1...3), "What follows the number, such as h for hours or k; nothing.")
    self.unit = unit ?? ""
  }

  /// The value as it stands in a scenario; with six significant digits, unless it is `exact`.
  func node(_ value: Double, exact: Bool = false) -> JSONNode {
    let text: String
    if isWhole {
      text = String(Int64(value < 0 ? value - 0.5 : value + 0.5))
    } else {
      text = exact ? NumberText.shortest(value) : Self.sixDigits(value)
    }
    return unit.isEmpty ? JSONNode(.number(text)) : .text(text + unit)
  }

  /// The shortest text of the number after it is rounded to six significant digits.
  private static func sixDigits(_ value: Double) -> String {
    var size = value.magnitude
    guard size > 0, size.isFinite else { return NumberText.shortest(value) }
    var decimals = 5
    while size >= 10, decimals > 0 { (size, decimals) = (size / 10, decimals - 1) }
    while size < 1, decimals < 300 { (size, decimals) = (size * 10, decimals + 1) }
    let rounded = Double(NumberText.fixed(value, digits: decimals)) ?? value
    return NumberText.shortest(rounded)
  }
}

/// Values from one end to another at equal ratios.
struct LogarithmicRange: Declared {
  static let declaredName = "Logarithmic range"
  static let declaredHelp = "Values at equal ratios, both ends included."

  let from: Double
  let to: Double
  let count: Int64
  let numbers: SweptNumbers

  init(_ fields: Fields) {
    from = fields.required("from", .number(above: 0, upTo: 1e15), "The first value.")
    to = fields.required("to", .number(above: 0, upTo: 1e15), "The last value.")
    count = fields.required("count", .integer(in: 2...1000), "How many values.")
    numbers = SweptNumbers(fields)
  }

  /// The values, each once: whole numbers may coincide after rounding.
  var nodes: [JSONNode] {
    let step = DeterministicMath.log(to / from) / Double(count - 1)
    var nodes: [JSONNode] = []
    for place in 0..<count {
      let isEnd = place == 0 || place == count - 1
      let value =
        place == count - 1 ? to : from * DeterministicMath.exp(step * Double(place))
      let node = numbers.node(value, exact: isEnd)
      if !nodes.contains(node) { nodes.append(node) }
    }
    return nodes
  }
}

/// The values of one axis of a Latin hypercube: from one end to another.
struct SampledRange: Declared {
  static let declaredName = "Sampled range"
  static let declaredHelp = "The ends between which the values of an axis are sampled."

  /// How values are spread between the ends.
  enum Scale: String, CaseIterable, Sendable {
    /// Equal differences are equally likely.
    case linear
    /// Equal ratios are equally likely.
    case log
  }

  let from: Double
  let to: Double
  let scale: Scale
  let numbers: SweptNumbers

  init(_ fields: Fields) {
    from = fields.required("from", .number(in: -1e15...1e15), "One end.")
    to = fields.required("to", .number(in: -1e15...1e15), "The other end.")
    scale = fields.value(
      "scale", .choice(Scale.self), default: .linear,
      "How values are spread: linear by differences, log by ratios.")
    numbers = SweptNumbers(fields)
    fields.check(
      scale == .linear || (from > 0 && to > 0), at: "scale", expected: "ends above 0 for log")
  }

  /// The value at `share` of the way, from 0 to below 1.
  func node(at share: Double) -> JSONNode {
    if scale == .log {
      return numbers.node(from * DeterministicMath.exp(share * DeterministicMath.log(to / from)))
    }
    // Of whole numbers, both ends get as wide a cell as the others.
    let margin = numbers.isWhole ? (from <= to ? 0.5 : -0.5) : 0
    let value = (from - margin) + share * (to - from + 2 * margin)
    let (least, most) = (min(from, to), max(from, to))
    return numbers.node(min(most, max(least, value)))
  }
}
