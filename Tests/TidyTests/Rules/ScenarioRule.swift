import WeirFormats

/// A scenario says what it asks.
struct ScenarioRule: TidyRule {
  let claim = "every scenario has a description, the name of its file and its schema"
  let broken = [
    "Scenarios/a.json": "{\"$schema\": \"weir.schema.json\", \"name\": \"a\"}\n",
    "Scenarios/b.json":
      "{\"$schema\": \"weir.schema.json\", \"name\": \"c\", \"description\": \"Whether it is.\"}\n",
    "Scenarios/d.json": "{\"name\": \"d\", \"description\": \"Whether it is so.\"}\n",
    "Scenarios/e.json": "{\n",
  ]
  let sound = [
    "Scenarios/theory/a.json":
      "{\"$schema\": \"../weir.schema.json\", \"name\": \"a\", \"description\": \"Whether it is.\"}",
    "Scenarios/weir.schema.json": "{}\n",
  ]

  func findings(in repository: Repository) -> [String] {
    repository.files.filter {
      $0.path.hasPrefix("Scenarios/") && $0.path.hasSuffix(".json")
        && $0.name != "weir.schema.json"
    }.flatMap { file -> [String] in
      guard let node = JSONNode.parse(SourceFile(name: file.path, text: file.text)).node else {
        return ["\(file.path): not JSON"]
      }
      var findings: [String] = []
      let isWhole = node["policies"] != nil || node["name"] != nil
      // Presets are parts of scenarios, which have no name of their own.
      if (node["description"]?.text?.count ?? 0) < 12 {
        findings.append("\(file.path): no description")
      }
      if isWhole, node["name"]?.text.map({ $0 + ".json" }) != file.name {
        findings.append("\(file.path): its name is not that of its file")
      }
      let depth = file.path.split(separator: "/").count - 2
      let schema = String(repeating: "../", count: depth) + "weir.schema.json"
      if node["$schema"]?.text != schema {
        findings.append("\(file.path): its schema is not there")
      }
      return findings
    }
  }
}
