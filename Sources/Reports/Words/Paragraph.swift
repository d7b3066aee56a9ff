/// Text in lines that are not too wide.
enum Paragraph {
  /// The words of `text` in lines of at most `width` columns: the first after `head`, the others
  /// below the place where it begins, `hanging` columns further in.
  static func text(_ text: String, after head: String, hanging: Int = 0, width: Int) -> String {
    let indent = String(repeating: " ", count: head.count + hanging)
    var lines: [String] = []
    var line = head
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (indent, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n") + "\n"
  }
}
