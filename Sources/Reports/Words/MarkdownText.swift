/// Texts of results within Markdown, where none of their signs means anything.
enum MarkdownText {
  /// The text on one line, with the signs of Markdown and HTML escaped.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "$":
        result += "\\" + String(scalar)
      default:
        let isBreak = scalar.properties.generalCategory == .control || isSeparator(scalar)
        result += isBreak ? " " : String(scalar)
      }
    }
    return result
  }

  /// The text as code, on one line.
  static func code(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    var fence = "`"
    while line.contains(fence) { fence += "`" }
    let space = fence.count > 1 ? " " : ""
    return fence + space + line + space + fence
  }

  /// A table; its cells are Markdown.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{2028}" || scalar == "\u{2029}"
  }
}
