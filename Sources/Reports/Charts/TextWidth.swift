/// How wide a text is, before any browser has drawn it.
///
/// Widths are the advances of DejaVu Sans in thousandths of the font size. It is wider than the
/// other fonts that pages get without asking for one, so that what is reserved is enough for them.
/// Source: the `hmtx` table of DejaVu Sans 2.37.
enum TextWidth {
  /// The width of `text` at a font size, in the same unit as the size.
  static func of(_ text: String, size: Double) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { $0 + advance($1) }
    return Double(thousandths) * size / 1000
  }

  /// The text, cut with an ellipsis where it is wider than `width`.
  static func shortened(_ text: String, to width: Double, size: Double) -> String {
    if of(text, size: size) <= width { return text }
    var result = text
    while !result.isEmpty, of(result + "…", size: size) > width { result.removeLast() }
    return result + "…"
  }

  private static func advance(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if (32..<127).contains(value) { return ascii[Int(value) - 32] }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // Scripts of wide signs: Hangul, ideographs with their punctuation, full-width forms, emoji.
    let isWide =
      (0x1100..<0x1160).contains(value) || (0x2E80..<0xA4D0).contains(value)
      || (0xAC00..<0xD7A4).contains(value) || (0xF900..<0xFB00).contains(value)
      || (0xFE30..<0xFE70).contains(value) || (0xFF00..<0xFF61).contains(value)
      || (0x1F300..<0x20000).contains(value) || value >= 0x20000
    return isWide ? 1030 : 838
  }

  private static let ascii: [Int] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]
}
