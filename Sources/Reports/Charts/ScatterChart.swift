/// Points with whiskers to both sides and a label each.
struct ScatterChart {
  /// One point: two estimates.
  struct Point {
    let name: String
    let style: SeriesStyle
    let x: Estimate
    let y: Estimate
    /// Whether another point is surely better, so that this one steps back.
    let isDominated: Bool
    /// What its tooltip says.
    let tip: String
  }

  /// A value and the ends of its interval.
  struct Estimate {
    let value: Double
    let lower: Double
    let upper: Double
  }

  var id: String
  var title: String
  var description: String
  var x: Axis
  var y: Axis
  var points: [Point]
  var height = 290.0

  /// The finished chart.
  func chart() -> Chart {
    let frame = PlotFrame((Chart.width, height), x: x, y: y)
    var svg = Markup()
    frame.draw(into: &svg)
    let places = points.map { frame.place($0.x.value, $0.y.value) }
    for (point, place) in zip(points, places) { draw(point, place, frame, &svg) }
    drawLabels(places, frame, &svg)
    return Chart(
      id: id, title: title, description: description, size: (Chart.width, height), body: svg)
  }

  private func draw(
    _ point: Point, _ place: (x: Double, y: Double), _ frame: PlotFrame, _ svg: inout Markup
  ) {
    svg.element("g", [("class", point.style.className)]) { group in
      group.element("title", text: point.tip)
      let (left, right) = (frame.x.position(point.x.lower), frame.x.position(point.x.upper))
      let (low, high) = (frame.y.position(point.y.lower), frame.y.position(point.y.upper))
      group.path(
        "M\(Coordinate.pair(left, place.y))H\(Coordinate.text(right))"
          + "M\(Coordinate.pair(place.x, low))V\(Coordinate.text(high))", "u")
      group.path(
        point.style.marker.path(place.x, place.y, size: 5), point.isDominated ? "h" : "m")
    }
  }

  private func drawLabels(
    _ places: [(x: Double, y: Double)], _ frame: PlotFrame, _ svg: inout Markup
  ) {
    let letters = Chart.letters
    let names = points.map {
      TextWidth.shortened($0.name, to: frame.plot.width * 0.6, size: letters)
    }
    var obstacles = places.map { Box.around($0.x, $0.y, 6, 6) }
    for (point, place) in zip(points, places) {
      let (left, right) = (frame.x.position(point.x.lower), frame.x.position(point.x.upper))
      let (low, high) = (frame.y.position(point.y.lower), frame.y.position(point.y.upper))
      obstacles.append(Box(left: left, top: place.y - 1, right: right, bottom: place.y + 1))
      obstacles.append(Box(left: place.x - 1, top: high, right: place.x + 1, bottom: low))
    }
    let labels = zip(places, names).map {
      (x: $0.x, y: $0.y, width: TextWidth.of($1, size: letters) + 2)
    }
    let placement = LabelPlacement(area: frame.plot, obstacles: obstacles)
    for label in placement.place(labels, height: letters + 2) {
      let middle = (label.box.left + label.box.right) / 2
      if let line = label.line { svg.path(line.path, "a") }
      svg.label(
        names[label.index], middle, label.box.bottom - 3.5, .middle,
        points[label.index].isDominated ? "t" : "")
    }
  }
}
