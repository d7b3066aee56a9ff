/// How a text is laid out for its reader.
public struct TextStyle: Sendable {
  /// Whether colours may be used, always beside another sign.
  public let usesColour: Bool
  /// The columns that there are.
  public let width: Int

  /// Creates a style.
  public init(usesColour: Bool = false, width: Int = 80) {
    self.usesColour = usesColour
    self.width = width
  }
}

/// One cell: a text, and the colour that may go with it.
struct TextCell {
  /// What a colour says, which the text says too.
  enum Tone {
    case plain
    case good
    case bad
    case faint
  }

  let text: String
  let tone: Tone

  init(_ text: String, _ tone: Tone = .plain) {
    self.text = text
    self.tone = tone
  }

  /// The text, coloured where that is allowed, in `width` columns.
  func rendered(width: Int, alignsRight: Bool, _ style: TextStyle) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    let body = style.usesColour ? coloured : text
    return alignsRight ? space + body : body + space
  }

  private var coloured: String {
    switch tone {
    case .plain: text
    case .good: "\u{1B}[32m\(text)\u{1B}[0m"
    case .bad: "\u{1B}[31m\(text)\u{1B}[0m"
    case .faint: "\u{1B}[2m\(text)\u{1B}[0m"
    }
  }
}

/// A table of text: row names to the left, columns to the right, broken where it gets too wide.
struct TextTable {
  /// A column: its label, its unit, and a cell for each row.
  struct Column {
    let label: String
    let unit: String
    let cells: [TextCell]

    var width: Int { ([label.count, unit.count] + cells.map(\.text.count)).max() ?? 0 }
  }

  let title: String
  let rows: [String]
  let columns: [Column]

  /// The table in as many blocks as it takes for none to be wider than the style allows.
  func text(_ style: TextStyle) -> String {
    let nameWidth = (rows.map(\.count) + [title.count]).max() ?? 0
    var blocks: [[Column]] = [[]]
    var used = nameWidth
    for column in columns {
      if used + 2 + column.width > style.width, blocks[blocks.count - 1].isEmpty == false {
        blocks.append([])
        used = nameWidth
      }
      blocks[blocks.count - 1].append(column)
      used += 2 + column.width
    }
    return blocks.enumerated().map { index, block in
      text(of: block, title: index == 0 ? title : "", nameWidth, style)
    }.joined(separator: "\n")
  }

  private func text(
    of block: [Column], title: String, _ nameWidth: Int, _ style: TextStyle
  ) -> String {
    var lines: [String] = []
    lines.append(line(TextCell(title), block.map { TextCell($0.label) }, block, nameWidth, style))
    if block.contains(where: { !$0.unit.isEmpty }) {
      let units = block.map { TextCell($0.unit, .faint) }
      lines.append(line(TextCell(""), units, block, nameWidth, style))
    }
    for (index, row) in rows.enumerated() {
      lines.append(
        line(TextCell(row), block.map { $0.cells[index] }, block, nameWidth, style))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(
    _ name: TextCell, _ cells: [TextCell], _ block: [Column], _ nameWidth: Int, _ style: TextStyle
  ) -> String {
    var line = name.rendered(width: nameWidth, alignsRight: false, style)
    for (cell, column) in zip(cells, block) {
      line += "  " + cell.rendered(width: column.width, alignsRight: true, style)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
