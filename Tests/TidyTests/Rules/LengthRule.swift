/// Files fit into a sitting, lines into a window.
///
/// A line with a literal of text is left alone: no formatter can break it.
struct LengthRule: TidyRule {
  let claim = "no Swift file has more than 520 lines, few have more than 400, no line is over 100"
  let broken = [
    "Sources/Kernel/Long.swift": String(repeating: "let x = 1\n", count: 521),
    "Sources/Kernel/Wide.swift": "let x = [" + String(repeating: "1, ", count: 40) + "1]\n",
    "Sources/Kernel/Over400.swift": String(repeating: "let x = 1\n", count: 401),
  ]
  let sound = [
    "Sources/Kernel/Short.swift": String(repeating: "let x = 1\n", count: 400),
    "Sources/Kernel/Text.swift": "  \"" + String(repeating: "word ", count: 40) + "\",\n",
  ]

  func findings(in repository: Repository) -> [String] {
    let swift = repository.files.filter(\.isSwift)
    var findings: [String] = []
    for file in swift {
      let count = file.lines.count - 1
      if count > 520 { findings.append("\(file.path): \(count) lines") }
      for line in file.numberedLines
      where line.text.utf8.count > 100 && line.text.count > 100 && !line.text.contains("\"") {
        findings.append("\(file.path):\(line.number): \(line.text.count) columns")
      }
    }
    let long = swift.filter { $0.lines.count - 1 > 400 }
    if long.count * 100 > max(swift.count, 99) {
      findings.append("more than 1 in 100 files is long: \(long.map(\.path))")
    }
    return findings
  }
}
