/// Texts differ only where something changed.
struct WhitespaceRule: TidyRule {
  let claim = "texts end with one line feed, and have no tabs, carriage returns or trailing blanks"
  let broken = [
    "Sources/Kernel/Open.swift": "let x = 1",
    "Sources/Kernel/Blanks.swift": "let x = 1 \n",
    "Sources/Kernel/Tab.swift": "\tlet x = 1\n",
    "README.md": "# Weir\r\n",
    "Sources/Weir.docc/Gap.md": "# Weir\n\n",
  ]
  let sound = ["Sources/Kernel/A.swift": "let x = 1\n", "Tests/A/Fixtures/a.csv": "a,b\r\n"]

  private static let kinds = [".swift", ".md", ".json", ".py", ".sh", ".cpp"]

  private static let lineFeed: UInt8 = 10

  func findings(in repository: Repository) -> [String] {
    let files = repository.files.filter { file in
      Self.kinds.contains { file.path.hasSuffix($0) } && !file.path.hasPrefix("Results/")
        && !file.path.contains("/Fixtures/")
    }
    return files.flatMap { file -> [String] in
      var findings: [String] = []
      let bytes = file.text.utf8
      let end = Array(bytes.suffix(2))
      if !end.isEmpty, end.last != Self.lineFeed || end.first == Self.lineFeed {
        findings.append("\(file.path): does not end with one line feed")
      }
      if bytes.contains(9) || bytes.contains(13) {
        findings.append("\(file.path): a tab or carriage return")
      }
      if file.text.contains(" \n") {
        let lines = file.numberedLines.filter { $0.text.hasSuffix(" ") }.map(\.number)
        findings.append("\(file.path): trailing blanks in lines \(lines)")
      }
      return findings
    }
  }
}
