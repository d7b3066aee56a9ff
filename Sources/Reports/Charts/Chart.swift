/// A chart: words for those who cannot see it, and its drawing.
struct Chart {
  /// A name of letters, digits and `-` that no other chart of the page has.
  let id: String
  /// What it shows, in a few words.
  let title: String
  /// What is to be seen in it, in sentences.
  let description: String
  /// The width and height of the drawing.
  let size: (width: Double, height: Double)
  /// The drawing.
  let body: Markup

  /// The size of letters in all charts.
  static let letters = 12.0
  /// The width of most charts: shown at about this size on a telephone, and a little larger beside
  /// another on a wide page, so that letters stay readable on both.
  static let width = 460.0
  /// The ground around a chart that is a file of its own.
  private static let margin = 12.0

  /// The chart as an element of a page whose style sheet holds ``ChartStyle``.
  func markup() -> Markup { markup(attributes: [], style: nil) }

  /// The chart with its title above it and, where one is given, a legend below it: for places that
  /// write neither beside it.
  func framed(legend entries: [Legend.Entry] = []) -> Chart {
    let top = Self.letters + 12
    let legend = Legend(entries, width: size.width)
    var framed = Markup()
    framed.element("g", [("transform", "translate(0 \(Coordinate.text(top)))")]) {
      $0.append(body)
    }
    framed.label(
      TextWidth.shortened(title, to: size.width, size: Self.letters), 0, Self.letters, .start, "e")
    legend.draw(into: &framed, top: top + size.height + 4)
    let below = entries.isEmpty ? 0 : legend.height + 6
    return Chart(
      id: id, title: title, description: description,
      size: (size.width, top + size.height + below), body: framed)
  }

  /// The chart as a file of its own, on a ground of its own.
  ///
  /// With `followsScheme` it is dark where its viewer is, as a picture on a page that may be either.
  func document(followsScheme: Bool = false) -> String {
    markup(
      attributes: [("xmlns", "http://www.w3.org/2000/svg")],
      style: followsScheme
        ? ChartStyle.standalone + ChartStyle.standaloneDark
        : ChartStyle.standalone
    ).text
  }

  private func markup(attributes: [(String, String)], style: String?) -> Markup {
    var markup = Markup()
    // A file of its own has a margin of ground around it.
    let margin = style == nil ? 0 : Self.margin
    let (width, height) = (size.width + 2 * margin, size.height + 2 * margin)
    let box = [-margin, -margin, width, height].map(Coordinate.text).joined(separator: " ")
    var own = attributes + [("viewBox", box), ("role", "img"), ("class", "chart")]
    if style != nil {
      own += [("width", Coordinate.text(width)), ("height", Coordinate.text(height))]
    }
    own.append(("aria-labelledby", "\(id)-t \(id)-d"))
    markup.element("svg", own) { svg in
      svg.element("title", [("id", "\(id)-t")], text: title)
      svg.element("desc", [("id", "\(id)-d")], text: description)
      if let style {
        svg.styleSheet(style)
        let corner = Coordinate.text(-margin)
        svg.closed(
          "rect",
          [("x", corner), ("y", corner), ("width", "100%"), ("height", "100%"), ("class", "n")])
      }
      svg.append(body)
    }
    return markup
  }
}

extension Markup {
  /// Writes an SVG path, with a tooltip where one is given.
  mutating func path(_ commands: String, _ className: String = "", tip: String? = nil) {
    var attributes = [("d", commands)]
    if !className.isEmpty { attributes.insert(("class", className), at: 0) }
    guard let tip else { return closed("path", attributes) }
    element("path", attributes) { $0.element("title", text: tip) }
  }

  /// Where a text of SVG stands in relation to its place.
  enum Anchor: String {
    case start, middle, end
  }

  /// Writes an SVG text whose base line is at a place.
  mutating func label(
    _ content: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ className: String = ""
  ) {
    var attributes = [("x", Coordinate.text(x)), ("y", Coordinate.text(y))]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if !className.isEmpty { attributes.append(("class", className)) }
    element("text", attributes, text: content)
  }
}
