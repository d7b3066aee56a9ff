import Testing

@testable import WeirReports

/// The texts of a chart with what they cover, read back from its drawing.
struct DrawnTexts {
  let boxes: [(text: String, box: Box)]

  init(_ chart: Chart) {
    var boxes: [(String, Box)] = []
    for piece in chart.body.text.components(after: "<text ") {
      let attributes = piece.prefix { $0 != ">" }
      let text = piece.dropFirst(attributes.count + 1).prefix { $0 != "<" }
      func number(_ name: String) -> Double {
        let value = attributes.components(after: " \(name)=\"").first ?? ""
        let digits = String(value.prefix { $0 != "\"" })
        return Double(digits.replacing("-.", with: "-0.")) ?? Double("0" + digits) ?? .nan
      }
      let plain = String(text).replacing("&gt;", with: ">").replacing("&lt;", with: "<")
        .replacing("&amp;", with: "&")
      let width = TextWidth.of(plain, size: Chart.letters)
      let x = Double(piece.dropFirst(3).prefix { $0 != "\"" }) ?? 0
      let y = number("y")
      let left =
        attributes.contains("\"middle\"")
        ? x - width / 2
        : attributes.contains("\"end\"")
          ? x - width : x
      // From the tops of capitals to the base line; digits have no descenders.
      boxes.append(
        (plain, Box(left: left, top: y - 9, right: left + width, bottom: y + 1)))
    }
    self.boxes = boxes
  }

  /// Expects every text within the drawing, and no text on another.
  static func check(_ chart: Chart, _ comment: String = "") {
    let texts = DrawnTexts(chart).boxes
    let page = Box(left: -1, top: 0, right: chart.size.width + 1, bottom: chart.size.height)
    #expect(!texts.isEmpty)
    for (place, (text, box)) in texts.enumerated() {
      #expect(page.contains(box), "\(comment) \(text) at \(box)")
      for (other, covered) in texts[..<place] {
        #expect(box.overlap(covered) == 0, "\(comment) \(text) lies on \(other)")
      }
    }
  }
}

extension StringProtocol {
  /// What follows each occurrence of `mark`, up to the next.
  func components(after mark: String) -> [String] {
    var pieces: [String] = []
    var rest = String(self)[...]
    while let range = rest.firstRange(of: mark) {
      rest = rest[range.upperBound...]
      let end = rest.firstRange(of: mark)?.lowerBound ?? rest.endIndex
      pieces.append(String(rest[..<end]))
    }
    return pieces
  }
}
