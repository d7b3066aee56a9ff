/// Lines over two axes, with bands around them.
struct LineChart {
  /// One line.
  struct Series {
    let name: String
    let style: SeriesStyle
    /// The pieces of the line; between two pieces there is no value.
    let pieces: [[(x: Double, y: Double)]]
    /// The bands around the pieces.
    let bands: [Band]
    /// What the line comes to far beyond the axis: a short line with a marker at the right edge.
    let limit: Double?

    init(
      _ name: String, _ style: SeriesStyle, pieces: [[(x: Double, y: Double)]], bands: [Band] = [],
      limit: Double? = nil
    ) {
      self.name = name
      self.style = style
      self.pieces = pieces
      self.bands = bands
      self.limit = limit
    }
  }

  /// An area that says how sure a line is, by its outline.
  struct Band {
    let outline: [(x: Double, y: Double)]

    /// From a lower to an upper end at each x.
    static func vertical(_ ends: [(x: Double, lower: Double, upper: Double)]) -> Band {
      Band(
        outline: ends.map { ($0.x, $0.upper) } + ends.reversed().map { ($0.x, $0.lower) })
    }

    /// From a left to a right end at each y.
    static func horizontal(_ ends: [(y: Double, left: Double, right: Double)]) -> Band {
      Band(
        outline: ends.map { ($0.right, $0.y) } + ends.reversed().map { ($0.left, $0.y) })
    }
  }

  var id: String
  var title: String
  var description: String
  var x: Axis
  var y: Axis
  var series: [Series]
  var height = 250.0
  /// A part of the horizontal axis that is shaded, such as the warm-up.
  var shaded: ClosedRange<Double>?
  /// A dashed line to compare with, as places of values.
  var reference: [(x: Double, y: Double)] = []
  /// Whether the names of the series stand below the plot.
  var hasLegend = false
  /// About how many markers a line carries; every value has one when there are no more.
  var markers = 6

  /// The finished chart.
  func chart() -> Chart {
    let legend = Legend(
      hasLegend ? series.map { Legend.Entry(name: $0.name, style: $0.style) } : [],
      width: Chart.width)
    let frame = PlotFrame((Chart.width, height), x: x, y: y)
    var svg = Markup()
    if let shaded {
      let (from, to) = (frame.x.position(shaded.lowerBound), frame.x.position(shaded.upperBound))
      let (top, bottom) = (Coordinate.text(frame.plot.top), Coordinate.text(frame.plot.bottom))
      svg.path(
        "M\(Coordinate.text(from)) \(top)H\(Coordinate.text(to))V\(bottom)"
          + "H\(Coordinate.text(from))z", "w")
    }
    frame.draw(into: &svg)
    if !reference.isEmpty {
      svg.path(Coordinate.path(reference.map { frame.place($0.x, $0.y) }), "r")
    }
    for (index, series) in series.enumerated() { draw(series, index, frame, &svg) }
    legend.draw(into: &svg, top: height + 4)
    return Chart(
      id: id, title: title, description: description,
      size: (Chart.width, height + (hasLegend ? legend.height + 6 : 0)), body: svg)
  }

  private func draw(
    _ series: Series, _ index: Int, _ frame: PlotFrame, _ svg: inout Markup
  ) {
    guard series.limit != nil || series.pieces.contains(where: { !$0.isEmpty }) else { return }
    svg.element("g", [("class", "s " + series.style.className)]) { group in
      group.element("title", text: series.name)
      for band in series.bands where band.outline.count > 3 {
        let outline = band.outline.map { frame.place($0.x, $0.y) }
        group.path(Coordinate.path(outline) + "z", "b")
      }
      for piece in series.pieces where piece.count > 1 {
        group.path(Coordinate.path(piece.map { frame.place($0.x, $0.y) }), "l")
      }
      var marks = marked(series, index).map { point in
        let place = frame.place(point.x, point.y)
        return series.style.marker.path(place.x, place.y, size: 3.4)
      }
      if let limit = series.limit {
        let (right, y) = (frame.plot.right, frame.y.position(limit))
        group.path("M\(Coordinate.pair(right - 26, y))H\(Coordinate.text(right))", "l")
        marks.append(series.style.marker.path(right - 13, y, size: 3.4))
      }
      if !marks.isEmpty { group.path(marks.joined(), "m") }
    }
  }

  /// The values that carry a marker: a few, at other places in each series, and all lone ones.
  private func marked(_ series: Series, _ index: Int) -> [(x: Double, y: Double)] {
    let points = series.pieces.flatMap { $0 }
    if points.count <= markers { return points }
    let lone = series.pieces.filter { $0.count == 1 }.flatMap { $0 }
    guard markers > 0 else { return lone }
    let step = max(1, points.count / markers)
    let first = (index * step / max(1, self.series.count) + step / 4) % step
    return stride(from: first, to: points.count, by: step).map { points[$0] } + lone
  }
}
