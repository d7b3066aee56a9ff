/// Intervals side by side in named rows: forest plots and strips of estimates.
struct IntervalChart {
  /// One row: its name and an interval for each series that has one.
  struct Row {
    let name: String
    let marks: [Mark]
  }

  /// One interval.
  struct Mark {
    let style: SeriesStyle
    let estimate: ScatterChart.Estimate
    /// Whether the marker is filled: the interval decides something.
    let isDecided: Bool
    /// What its tooltip says.
    let tip: String
    /// What stands to the right of the row, when there is room kept for it.
    var note = ""
  }

  var id: String
  var title: String
  var description: String
  var x: Axis
  var rows: [Row]
  /// A value to compare with, such as no difference.
  var reference: Double?

  private static let lane = 13.0
  private static let rowGap = 9.0

  /// The finished chart.
  func chart() -> Chart {
    let letters = Chart.letters
    let names = rows.map { TextWidth.shortened($0.name, to: Chart.width * 0.42, size: letters) }
    let notes = rows.flatMap(\.marks).map { TextWidth.of($0.note, size: letters) }.max() ?? 0
    let nameWidth = names.map { TextWidth.of($0, size: letters) }.max() ?? 0
    let heights = rows.map { Self.lane * Double(max(1, $0.marks.count)) + Self.rowGap }
    let height = heights.reduce(0, +) + 2 * letters + 28
    let frame = PlotFrame(
      (Chart.width, height), x: x, y: nil,
      margins: .init(top: 0, right: notes > 0 ? notes + 8 : 0, left: nameWidth + 10))
    var svg = Markup()
    frame.draw(into: &svg)
    if let reference {
      svg.path(
        "M\(Coordinate.pair(frame.x.position(reference), frame.plot.top))"
          + "V\(Coordinate.text(frame.plot.bottom))", "r")
    }
    var top = frame.plot.top
    for (row, name) in zip(rows, names) {
      if top > frame.plot.top {
        svg.path(
          "M\(Coordinate.pair(frame.plot.left, top))H\(Coordinate.text(frame.plot.right))", "g")
      }
      let rowHeight = Self.lane * Double(max(1, row.marks.count)) + Self.rowGap
      svg.label(name, frame.plot.left - 8, top + rowHeight / 2 + letters * 0.36, .end)
      for (place, mark) in row.marks.enumerated() {
        let y = top + Self.rowGap / 2 + Self.lane * (Double(place) + 0.5)
        draw(mark, y, frame, &svg)
      }
      top += rowHeight
    }
    return Chart(
      id: id, title: title, description: description, size: (Chart.width, height), body: svg)
  }

  private func draw(_ mark: Mark, _ y: Double, _ frame: PlotFrame, _ svg: inout Markup) {
    let estimate = mark.estimate
    let (left, right) = (frame.x.position(estimate.lower), frame.x.position(estimate.upper))
    svg.element("g", [("class", mark.style.className)]) { group in
      group.element("title", text: mark.tip)
      if right > left { group.path("M\(Coordinate.pair(left, y))H\(Coordinate.text(right))", "u") }
      let domain = x.domain
      if domain.contains(estimate.value) {
        let path = mark.style.marker.path(frame.x.position(estimate.value), y)
        group.path(path, mark.isDecided ? "m" : "h")
      } else {
        group.path(Self.arrow(frame, y, toTheRight: estimate.value > domain.upperBound), "m")
      }
    }
    if !mark.note.isEmpty {
      svg.label(mark.note, frame.plot.right + 8, y + Chart.letters * 0.36)
    }
  }

  /// A sign at the edge: the value lies beyond it.
  private static func arrow(_ frame: PlotFrame, _ y: Double, toTheRight: Bool) -> String {
    toTheRight
      ? "M\(Coordinate.pair(frame.plot.right - 7, y - 4))l7 4l-7 4z"
      : "M\(Coordinate.pair(frame.plot.left + 7, y - 4))l-7 4l7 4z"
  }
}
