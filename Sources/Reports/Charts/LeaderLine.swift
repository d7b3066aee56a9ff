/// A straight line from a point to the nearest place of its label.
struct LeaderLine: Equatable {
  /// Where it begins.
  let start: Box
  /// Where it ends.
  let end: Box

  /// The line from a point to a label; each end is a box without a size.
  init(from point: (x: Double, y: Double), to label: Box) {
    start = .around(point.x, point.y, 0, 0)
    end = .around(
      min(max(point.x, label.left), label.right), min(max(point.y, label.top), label.bottom), 0, 0)
  }

  /// Whether it runs through a box.
  ///
  /// Looked at every two units of the drawing, far less than a label is high.
  func crosses(_ box: Box) -> Bool {
    let (across, down) = (end.left - start.left, end.top - start.top)
    let steps = max(1, Int(max(across.magnitude, down.magnitude) / 2))
    return (0...steps).contains { step in
      let part = Double(step) / Double(steps)
      let (x, y) = (start.left + across * part, start.top + down * part)
      return x > box.left && x < box.right && y > box.top && y < box.bottom
    }
  }

  /// The line in SVG commands.
  var path: String {
    "M\(Coordinate.pair(start.left, start.top))L\(Coordinate.pair(end.left, end.top))"
  }
}
