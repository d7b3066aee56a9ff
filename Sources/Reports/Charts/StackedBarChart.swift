/// Bars in named rows, each a whole that is cut into parts.
struct StackedBarChart {
  /// What all bars may have: its name, and how it is filled.
  struct Part {
    let name: String
    let fill: Fill
  }

  /// How a part is told from the others.
  enum Fill: Equatable {
    /// In a colour.
    case colour(Int)
    /// Hatched in ink, the first densely, the others less so: what was lost.
    case hatched(Int)
  }

  /// One bar: the size of each part in per cent of the whole, in the order of the parts.
  struct Bar {
    let name: String
    let sizes: [Double]
  }

  var id: String
  var title: String
  var description: String
  var axisTitle: String
  var parts: [Part]
  var bars: [Bar]

  private static let thickness = 26.0
  private static let gap = 12.0

  /// The finished chart, with its legend below.
  func chart() -> Chart {
    let letters = Chart.letters
    let names = bars.map { TextWidth.shortened($0.name, to: Chart.width * 0.36, size: letters) }
    let left = (names.map { TextWidth.of($0, size: letters) }.max() ?? 0) + 10
    let plotHeight = Double(bars.count) * (Self.thickness + Self.gap) + 2 * letters + 28
    let axis = Axis.linear(axisTitle, [0, 100])
    let frame = PlotFrame(
      (Chart.width, plotHeight), x: axis, y: nil, margins: .init(left: left))
    var svg = Markup()
    svg.element("defs") { defs in
      for part in parts { if case .hatched(let kind) = part.fill { hatch(kind, &defs) } }
    }
    frame.draw(into: &svg)
    for (index, bar) in bars.enumerated() {
      let top = frame.plot.top + Self.gap / 2 + Double(index) * (Self.thickness + Self.gap)
      svg.label(names[index], left - 8, top + Self.thickness / 2 + letters * 0.36, .end)
      draw(bar, top, frame, &svg)
    }
    let legendHeight = drawLegend(&svg, top: plotHeight + 4)
    return Chart(
      id: id, title: title, description: description,
      size: (Chart.width, plotHeight + legendHeight + 6), body: svg)
  }

  private func draw(_ bar: Bar, _ top: Double, _ frame: PlotFrame, _ svg: inout Markup) {
    var sum = 0.0
    for (part, size) in zip(parts, bar.sizes) where size > 0 {
      let (from, to) = (frame.x.position(sum), frame.x.position(sum + size))
      sum += size
      let tip = "\(bar.name): \(part.name) \(Self.percent(size))"
      fill(part, Box(left: from, top: top, right: to, bottom: top + Self.thickness), tip, &svg)
      let text = Self.percent(size)
      let width = TextWidth.of(text, size: Chart.letters)
      guard to - from >= width + 8 else { continue }
      let middle = (from + to) / 2
      // Letters stand on a plate of the ground, so that they are readable on any fill.
      svg.closed(
        "rect",
        [
          ("x", Coordinate.text(middle - width / 2 - 3)), ("y", Coordinate.text(top + 5)),
          ("width", Coordinate.text(width + 6)), ("height", "16"), ("rx", "3"), ("class", "n"),
        ])
      svg.label(text, middle, top + Self.thickness / 2 + Chart.letters * 0.36, .middle)
    }
  }

  private func fill(_ part: Part, _ box: Box, _ tip: String?, _ svg: inout Markup) {
    var attributes = [
      ("x", Coordinate.text(box.left)), ("y", Coordinate.text(box.top)),
      ("width", Coordinate.text(box.width)), ("height", Coordinate.text(box.height)),
    ]
    switch part.fill {
    case .colour(let index): attributes.append(("class", "c\(1 + index % 7) p"))
    case .hatched(let kind):
      attributes += [("style", "fill:url(#\(id)-h\(kind))"), ("class", "a")]
    }
    svg.element("rect", attributes) { if let tip { $0.element("title", text: tip) } }
  }

  private func hatch(_ kind: Int, _ defs: inout Markup) {
    let gap = Coordinate.text(4 + 2 * Double(kind))
    let turn = "rotate(\([45, -45, 90, 0][kind % 4]))"
    defs.element(
      "pattern",
      [
        ("id", "\(id)-h\(kind)"), ("width", gap), ("height", gap),
        ("patternUnits", "userSpaceOnUse"), ("patternTransform", turn),
      ]
    ) { $0.path("M0 0V\(gap)", "a") }
  }

  /// Draws the names of the parts; returns the height that they took.
  private func drawLegend(_ svg: inout Markup, top: Double) -> Double {
    let letters = Chart.letters
    var (x, line) = (0.0, 0.0)
    for part in parts {
      let name = TextWidth.shortened(part.name, to: Chart.width - 24, size: letters)
      let width = 20 + TextWidth.of(name, size: letters)
      if x > 0, x + width > Chart.width { (x, line) = (0, line + 1) }
      let y = top + line * 18
      fill(part, Box(left: x + 0.5, top: y + 3, right: x + 13.5, bottom: y + 15), nil, &svg)
      svg.label(name, x + 19, y + 9 + letters * 0.36)
      x += width + 14
    }
    return (line + 1) * 18
  }

  private static func percent(_ size: Double) -> String {
    let rounded = size >= 10 || size == 0 ? size.rounded() : (size * 10).rounded() / 10
    return "\(Coordinate.text(rounded).replacingLeadingPoint) %"
  }
}

extension String {
  /// The text with a zero before a point that stands first.
  fileprivate var replacingLeadingPoint: String { hasPrefix(".") ? "0" + self : self }
}
