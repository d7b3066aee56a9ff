/// How one of several series is told from the others: by colour, by marker, and by dashes.
///
/// Colours are those of Okabe and Ito, told apart by people of any colour vision; the first is the
/// ink of the page. Each colour comes with a marker of its own, so that colour is never the only
/// sign; beyond eight series the colours come again with other markers and dashed.
/// Source: Okabe and Ito, "Color universal design", 2008.
struct SeriesStyle: Equatable {
  /// The number of colours.
  static let colours = 8

  /// The number of the series, from 0.
  let index: Int

  /// The class that gives an element its colour, and its dashes.
  var className: String {
    let colour = "c\(index % Self.colours)"
    return index < Self.colours ? colour : colour + " d"
  }

  /// The marker.
  var marker: Marker {
    let shapes = Marker.allCases
    return shapes[(index + index / Self.colours) % shapes.count]
  }
}

/// The shape that marks a value.
enum Marker: CaseIterable {
  case circle, square, triangle, diamond, inverted, plus, cross, hexagon

  /// The path of the marker around a place, in SVG commands.
  func path(_ x: Double, _ y: Double, size: Double = 4) -> String {
    "M" + Coordinate.pair(x, y) + outline(size)
  }

  /// The outline around the pen, in relative SVG commands.
  private func outline(_ size: Double) -> String {
    if self == .circle {
      // The way across is twice the rounded radius, or the halves would not meet as a circle.
      let rounded = (size * 9.5).rounded() / 10
      let radius = Coordinate.text(rounded)
      let way = Coordinate.text(2 * rounded)
      let arc = "a\(radius) \(radius) 0 1 0 "
      return "m-\(radius) 0\(arc)\(way) 0\(arc)-\(way) 0z"
    }
    let steps = zip(corners, corners.dropFirst()).map {
      Coordinate.pair(($1.0 - $0.0) * size, ($1.1 - $0.1) * size)
    }
    return "m" + Coordinate.pair(corners[0].0 * size, corners[0].1 * size) + "l"
      + steps.joined(separator: " ") + "z"
  }

  /// The corners around the origin, for a size of 1; y grows downwards.
  private var corners: [(Double, Double)] {
    switch self {
    case .circle: []
    case .square: [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
    case .triangle: [(0, -1.15), (1.05, 0.75), (-1.05, 0.75)]
    case .diamond: [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)]
    case .inverted: [(0, 1.15), (1.05, -0.75), (-1.05, -0.75)]
    case .plus: Self.cross(0.38, 1.15)
    case .cross: Self.cross(0.38, 1.15).map { (($0 - $1) * 0.7071, ($0 + $1) * 0.7071) }
    case .hexagon:
      [(0, -1.1), (0.95, -0.55), (0.95, 0.55), (0, 1.1), (-0.95, 0.55), (-0.95, -0.55)]
    }
  }

  private static func cross(_ inner: Double, _ outer: Double) -> [(Double, Double)] {
    [
      (-inner, -outer), (inner, -outer), (inner, -inner), (outer, -inner), (outer, inner),
      (inner, inner), (inner, outer), (-inner, outer), (-inner, inner), (-outer, inner),
      (-outer, -inner), (-inner, -inner),
    ]
  }
}
