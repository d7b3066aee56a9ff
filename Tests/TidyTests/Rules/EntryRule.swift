import Foundation

/// What a scenario can name is described where it is, and says where it comes from.
struct EntryRule: TidyRule {
  let claim =
    "every entry of a catalogue has one name, a summary of one sentence and, in Access, its source"
  let broken = [
    "Sources/Access/Limits/NoSummary.swift":
      "/// Source: here.\nstatic let typeName = \"a\"\n",
    "Sources/Access/Limits/NoSource.swift":
      "static let typeName = \"b\"\nstatic let summary = \"It is.\"\n",
    "Sources/Simulation/Long.swift":
      "static let typeName = \"c\"\nstatic let summary =\n  \""
      + String(repeating: "long ", count: 30) + "end.\"\n",
    "Sources/Simulation/Open.swift":
      "static let typeName = \"d\"\nstatic let summary = \"It is\"\n",
    "Sources/Access/Limits/Twin.swift":
      "/// ## Source\nstatic let typeName = \"sound\"\nstatic let summary = \"It is.\"\n",
  ]
  let sound = [
    "Sources/Access/Limits/Sound.swift":
      "/// ## Source\nstatic let typeName = \"sound\"\nstatic let summary =\n  \"It is.\"\n",
    "Sources/Access/Behaviour/Detectors/Sound.swift":
      "/// Source: x.\nstatic let typeName = \"sound\"\nstatic let summary = \"It is.\"\n",
  ]

  func findings(in repository: Repository) -> [String] {
    var owners: [String: String] = [:]
    var findings: [String] = []
    for file in repository.sources {
      let names = Self.literals("static let typeName", in: file)
      let summaries = Self.literals("static let summary", in: file)
      guard !names.isEmpty else { continue }
      if names.count != summaries.count {
        findings.append("\(file.path): \(names.count) names and \(summaries.count) summaries")
      }
      for summary in summaries
      where !summary.hasSuffix(".") || summary.count > 150 || summary.contains(". ") {
        findings.append("\(file.path): not one short sentence: \(summary)")
      }
      if file.path.hasPrefix("Sources/Access/"), !file.text.contains("## Source"),
        !file.text.contains("/// Source:")
      {
        findings.append("\(file.path): it does not say where it comes from")
      }
      // Detectors and layers are named in different places of a scenario.
      let family = file.path.split(separator: "/").dropLast().last == "Detectors" ? "detector" : ""
      for name in names {
        if let owner = owners.updateValue(file.path, forKey: family + " " + name) {
          findings.append("\(file.path): \(name) is taken by \(owner)")
        }
      }
    }
    return findings
  }

  /// The literals that constants of this declaration are set to.
  static func literals(_ declaration: String, in file: Repository.File) -> [String] {
    file.text.components(separatedBy: declaration).dropFirst().compactMap { rest in
      var tail = rest.drop { " =\n".contains($0) }
      guard tail.hasPrefix("\"") else { return nil }
      var literal = ""
      // The parts of a literal are joined by +.
      while tail.hasPrefix("\"") {
        literal += tail.dropFirst().prefix { $0 != "\"" }
        tail = tail.dropFirst().drop { $0 != "\"" }.dropFirst().drop { " +\n".contains($0) }
      }
      return literal
    }
  }
}
