/// The frame of a chart with two axes: room for labels is measured first, the rest is the plot.
struct PlotFrame {
  let x: Scale
  let y: Scale
  /// The plot within its axes.
  let plot: Box
  private let xTicks: [Tick]
  private let yTicks: [Tick]
  private let xTitle: String
  private let yTitle: String

  /// What the frame keeps free for something of the chart.
  struct Margins {
    /// Above the plot, beside the title of the vertical axis.
    var top = 0.0
    /// To the right of the plot.
    var right = 0.0
    /// To the left of the plot, in place of the labels of the vertical axis.
    var left: Double?
  }

  /// Lays out two axes in a drawing.
  init(
    _ size: (width: Double, height: Double), x xAxis: Axis, y yAxis: Axis?,
    margins: Margins = Margins()
  ) {
    let letters = Chart.letters
    let top = margins.top + (yAxis.map { $0.title.isEmpty } ?? true ? 6 : letters + 12)
    let bottom = size.height - letters - 10 - (xAxis.title.isEmpty ? 0 : letters + 6)
    let yTicks = yAxis?.ticks(atMost: max(2, Int((bottom - top) / 34))) ?? []
    let widest = yTicks.map { TextWidth.of($0.label, size: letters) }.max() ?? 0
    let left = margins.left ?? (widest + 10)
    // Half of the last label of the horizontal axis stands out to the right of it.
    let lastLabel = xAxis.ticks(inWidth: size.width - left - margins.right, size: letters).last
    let overhang = lastLabel.map { TextWidth.of($0.label, size: letters) / 2 } ?? 0
    let right = size.width - max(margins.right, overhang + 2, 6)
    plot = Box(left: left, top: top, right: right, bottom: bottom)
    x = Scale(xAxis.kind, domain: xAxis.domain, from: left, to: right)
    y =
      yAxis.map { Scale($0.kind, domain: $0.domain, from: bottom, to: top) }
      ?? Scale(domain: 0...1, from: top, to: bottom)
    xTicks = xAxis.ticks(inWidth: right - left, size: letters)
    self.yTicks = yTicks
    xTitle = xAxis.title
    yTitle = yAxis?.title ?? ""
  }

  /// The place of two values.
  func place(_ xValue: Double, _ yValue: Double) -> (x: Double, y: Double) {
    (x.position(xValue), y.position(yValue))
  }

  /// Draws the grid, the axes, their labels and titles.
  func draw(into svg: inout Markup) {
    let letters = Chart.letters
    let xPlaces = xTicks.map { x.position($0.value) }
    let yPlaces = yTicks.map { y.position($0.value) }
    let grid =
      xPlaces.map { "M\(Coordinate.pair($0, plot.top))V\(Coordinate.text(plot.bottom))" }
      + yPlaces.map { "M\(Coordinate.pair(plot.left, $0))H\(Coordinate.text(plot.right))" }
    svg.path(grid.joined(), "g")
    svg.path(
      "M\(Coordinate.pair(plot.left, plot.top))V\(Coordinate.text(plot.bottom))"
        + "H\(Coordinate.text(plot.right))", "a")
    for (tick, place) in zip(xTicks, xPlaces) {
      svg.label(tick.label, place, plot.bottom + letters + 4, .middle, "t")
    }
    for (tick, place) in zip(yTicks, yPlaces) {
      svg.label(tick.label, plot.left - 6, place + letters * 0.36, .end, "t")
    }
    if !yTitle.isEmpty { svg.label(yTitle, 0, letters) }
    if !xTitle.isEmpty {
      let width = TextWidth.of(xTitle, size: letters)
      let middle = (plot.left + plot.right) / 2
      let edge = min(max(middle, width / 2), plot.right - width / 2)
      svg.label(xTitle, max(edge, width / 2), plot.bottom + 2 * letters + 12, .middle)
    }
  }
}
