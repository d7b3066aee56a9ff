/// Finds places for labels of points such that none lies on another, on a mark, or outside.
///
/// Greedy: each label takes the nearest free place of a fixed list around its point; a label that
/// finds none is left out, since its point has a marker and the legend names that.
struct LabelPlacement {
  /// A label that has found its place.
  struct Placed: Equatable {
    /// Which of the labels it is.
    let index: Int
    /// What it covers.
    let box: Box
    /// Whether it is so far from its point that a line should lead there.
    let needsLine: Bool
  }

  /// What labels may cover.
  let area: Box
  /// What labels must not cover.
  let obstacles: [Box]

  /// Places labels of the given widths beside their points, in order.
  func place(_ labels: [(x: Double, y: Double, width: Double)], height: Double) -> [Placed] {
    var placed: [Placed] = []
    for (index, label) in labels.enumerated() {
      let candidates = Self.distances.flatMap { distance in
        Self.boxes(around: label, height: height, distance: distance).map { ($0, distance) }
      }
      let free = candidates.first { box, _ in
        area.contains(box) && !obstacles.contains { $0.overlap(box) > 0 }
          && !placed.contains { $0.box.overlap(box) > 0 }
      }
      if let (box, distance) = free {
        placed.append(Placed(index: index, box: box, needsLine: distance > Self.distances[1]))
      }
    }
    return placed
  }

  private static let distances: [Double] = [7, 11, 18, 28, 40, 54, 70]

  /// The places at one distance: right, left, above, below, then the corners.
  private static func boxes(
    around label: (x: Double, y: Double, width: Double), height: Double, distance: Double
  ) -> [Box] {
    let (half, tall) = (label.width / 2, height / 2)
    let slant = distance * 0.75
    let centers: [(Double, Double)] = [
      (distance + half, 0), (-distance - half, 0), (0, -distance - tall), (0, distance + tall),
      (slant + half, -slant - tall), (slant + half, slant + tall), (-slant - half, -slant - tall),
      (-slant - half, slant + tall),
    ]
    return centers.map { Box.around(label.x + $0, label.y + $1, half, tall) }
  }
}
