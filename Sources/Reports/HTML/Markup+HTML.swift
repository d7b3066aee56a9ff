/// Parts of pages.
extension Markup {
  /// Writes a text of the results, kept apart from the direction of the text around it.
  mutating func isolated(_ content: String) { element("bdi", text: content) }

  /// Writes a paragraph.
  mutating func paragraph(_ content: String, _ className: String = "") {
    element("p", className.isEmpty ? [] : [("class", className)], text: content)
  }

  /// Writes a section with its heading.
  mutating func section(_ id: String, _ title: String, _ body: (inout Markup) -> Void) {
    newLine()
    element("section", [("id", id)]) { section in
      section.element("h2", text: title)
      body(&section)
    }
  }

  /// Writes something that opens when it is asked for.
  mutating func details(_ summary: String, _ body: (inout Markup) -> Void) {
    element("details") { details in
      details.element("summary", text: summary)
      body(&details)
    }
  }

  /// Writes a table that scrolls sideways where it has no room.
  ///
  /// - Parameters:
  ///   - caption: What it shows.
  ///   - head: The headings of the columns, the first that of the rows.
  ///   - rows: The cells; the first of each row names it.
  ///   - stacks: Whether the cells of a row stand below each other where there is no room.
  mutating func table(
    _ caption: String, head: [TableHead], rows: [[TableCell]], stacks: Bool = false
  ) {
    if !caption.isEmpty { paragraph(caption, "caption") }
    element("div", [("class", "scroll")]) { frame in
      frame.element("table", stacks ? [("class", "stack")] : []) { table in
        table.element("thead") { thead in
          thead.element("tr") { row in
            for cell in head {
              let meaning = cell.meaning.isEmpty ? [] : [("title", cell.meaning)]
              row.element("th", [("scope", "col")] + meaning) { th in
                th.isolated(cell.label)
                if !cell.unit.isEmpty {
                  th.text(" ")
                  th.element("small", text: cell.unit)
                }
              }
            }
          }
        }
        table.element("tbody") { tbody in
          for cells in rows {
            tbody.newLine()
            tbody.element("tr") { row in
              for (place, cell) in cells.enumerated() {
                row.cell(cell, isHead: place == 0, label: stacks ? head[place].label : nil)
              }
            }
          }
        }
      }
    }
    newLine()
  }

  private mutating func cell(_ cell: TableCell, isHead: Bool, label: String?) {
    var attributes = isHead ? [("scope", "row")] : []
    if !cell.className.isEmpty { attributes.append(("class", cell.className)) }
    guard let label, !isHead else {
      return element(isHead ? "th" : "td", attributes) { $0.append(cell.body) }
    }
    attributes.append(("data-label", label))
    // One element around all that is in the cell, beside its label.
    element("td", attributes) { $0.element("div") { $0.append(cell.body) } }
  }

  /// Writes figures side by side where there is room.
  mutating func figures(_ figures: [Figure], showsTitles: Bool = true) {
    element("div", [("class", "figures")]) { group in
      for figure in figures {
        group.newLine()
        group.element("figure") { element in
          if showsTitles { element.element("h3", text: figure.chart.title) }
          element.append(figure.chart.markup())
          if !figure.caption.isEmpty {
            element.element("figcaption", text: figure.caption.withFixedSpaces)
          }
        }
      }
    }
    newLine()
  }
}

/// The heading of a column.
struct TableHead {
  let label: String
  var unit = ""
  /// What the column means, for those who point at it.
  var meaning = ""
}

/// A cell of a table: markup, and the class that gives it its tone.
struct TableCell {
  let body: Markup
  var className = ""

  /// A cell with a text of the results.
  static func text(_ content: String, _ className: String = "") -> TableCell {
    var body = Markup()
    body.isolated(content)
    return TableCell(body: body, className: className)
  }

  /// A cell with a number, aligned with those above and below.
  static func number(_ content: String, _ className: String = "") -> TableCell {
    var body = Markup()
    body.text(content.withMinusSigns)
    return TableCell(body: body, className: className.isEmpty ? "n" : "n " + className)
  }

  /// An estimate: the mean, its interval, and a verdict where there is one.
  static func estimate(_ mean: Double?, halfWidth: Double?, verdict: VerdictMark?) -> TableCell {
    var body = Markup()
    let text = EstimateText.text(mean, halfWidth: halfWidth).withMinusSigns
    let parts = text.split(separator: " ")
    body.element("b", text: parts.first.map(String.init) ?? "")
    for part in parts.dropFirst() {
      body.text(" ")
      body.element("i", text: String(part))
    }
    if let verdict {
      body.text(" ")
      body.append(verdict.markup())
    }
    return TableCell(body: body, className: "n")
  }
}
