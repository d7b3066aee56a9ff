/// A function is read in one look.
///
/// The format of the sources puts the closing brace of a function where its declaration begins.
struct FunctionLengthRule: TidyRule {
  let claim = "no function of the library has more than 70 lines"
  let broken = [
    "Sources/Kernel/Long.swift":
      "  func long() {\n" + String(repeating: "    step()\n", count: 70) + "  }\n",
    "Sources/Kernel/Init.swift":
      "  public init(\n    a: Int\n  ) {\n" + String(repeating: "    step()\n", count: 70)
      + "  }\n",
  ]
  let sound = [
    "Sources/Kernel/Short.swift":
      "  func a() {\n" + String(repeating: "    step()\n", count: 60) + "  }\n"
      + "  func b() {\n" + String(repeating: "    step()\n", count: 60) + "  }\n"
  ]

  func findings(in repository: Repository) -> [String] {
    repository.sources.flatMap { file in
      var findings: [String] = []
      var begun: (line: Int, indent: Int)?
      for line in file.numberedLines {
        let indent = line.text.prefix { $0 == " " }.count
        if let (first, outer) = begun, indent == outer, line.text.dropFirst(indent) == "}" {
          let length = line.number - first + 1
          if length > 70 { findings.append("\(file.path):\(first): \(length) lines") }
          begun = nil
        }
        guard begun == nil else { continue }
        let words = line.text.split { " (<?".contains($0) }
        let isFunction = words.contains("func") || words.contains("init")
        if isFunction, !line.text.contains("//"),
          line.text.hasSuffix("{") || line.text.hasSuffix("(")
        {
          begun = (line.number, indent)
        }
      }
      return findings
    }
  }
}
