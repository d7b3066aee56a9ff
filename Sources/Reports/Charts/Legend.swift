/// The names of series with their signs, in as many lines as the width takes.
struct Legend {
  /// One series: its name and how it is told from the others.
  struct Entry {
    let name: String
    let style: SeriesStyle
  }

  private let lines: [[(entry: Entry, x: Double)]]

  /// The height of all lines.
  var height: Double { Double(lines.count) * Self.lineHeight }

  private static let lineHeight = 18.0
  private static let signWidth = 26.0
  private static let gap = 14.0

  /// Breaks the entries into lines at most `width` wide.
  init(_ entries: [Entry], width: Double) {
    var lines: [[(entry: Entry, x: Double)]] = []
    var used = width
    for entry in entries {
      let room = width - Self.signWidth
      let name = TextWidth.shortened(entry.name, to: room, size: Chart.letters)
      let length = Self.signWidth + TextWidth.of(name, size: Chart.letters)
      if lines.isEmpty || used + length > width {
        lines.append([])
        used = 0
      }
      lines[lines.count - 1].append((Entry(name: name, style: entry.style), used))
      used += length + Self.gap
    }
    self.lines = lines
  }

  /// Draws the lines, the first with its upper edge at `top`.
  func draw(into svg: inout Markup, left: Double = 0, top: Double) {
    for (number, line) in lines.enumerated() {
      let middle = top + (Double(number) + 0.5) * Self.lineHeight
      for (entry, x) in line {
        svg.element("g", [("class", entry.style.className)]) { group in
          group.path("M\(Coordinate.pair(left + x, middle))h20", "l")
          group.path(entry.style.marker.path(left + x + 10, middle), "m")
        }
        svg.label(entry.name, left + x + Self.signWidth, middle + Chart.letters * 0.36)
      }
    }
  }
}
