/// Finds places for labels of points such that none lies on another, on a mark, or outside, and, if
/// that can be had, none on the line that leads to another.
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
    /// The line that leads to it from its point, where it is so far that it needs one.
    let line: LeaderLine?

    /// Whether the line to one of two labels runs through the other.
    func crosses(_ other: Placed) -> Bool {
      line?.crosses(other.box) == true || other.line?.crosses(box) == true
    }
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
        Self.boxes(around: label, height: height, distance: distance).map { box in
          let isFar = distance > Self.distances[1]
          let line = isFar ? LeaderLine(from: (label.x, label.y), to: box) : nil
          return Placed(index: index, box: box, line: line)
        }
      }
      let apart = candidates.filter { candidate in
        area.contains(candidate.box) && !obstacles.contains { $0.overlap(candidate.box) > 0 }
          && !placed.contains { $0.box.overlap(candidate.box) > 0 }
      }
      // Among many labels of one spot a line may have to cross one.
      let free =
        apart.first { candidate in !placed.contains { candidate.crosses($0) } } ?? apart.first
      if let free { placed.append(free) }
    }
    return placed
  }

  private static let distances: [Double] = [7, 11, 18, 28, 40, 54, 70]

  /// The places between those of ``boxes(around:height:distance:)``, for labels that get a line.
  private static func between(
    _ distance: Double, _ half: Double, _ tall: Double
  ) -> [(Double, Double)] {
    let (far, near) = (distance, distance * 0.4)
    let offsets: [(Double, Double)] = [(far + half, near + tall), (near + half, far + tall)]
    return offsets.flatMap { x, y in [(x, -y), (x, y), (-x, -y), (-x, y)] }
  }

  /// The places at one distance: right, left, above, below, then the corners.
  private static func boxes(
    around label: (x: Double, y: Double, width: Double), height: Double, distance: Double
  ) -> [Box] {
    let (half, tall) = (label.width / 2, height / 2)
    let slant = distance * 0.75
    var centers: [(Double, Double)] = [
      (distance + half, 0), (-distance - half, 0), (0, -distance - tall), (0, distance + tall),
      (slant + half, -slant - tall), (slant + half, slant + tall), (-slant - half, -slant - tall),
      (-slant - half, slant + tall),
    ]
    if distance > distances[1] { centers += between(distance, half, tall) }
    return centers.map { Box.around(label.x + $0, label.y + $1, half, tall) }
  }
}
