import WeirFormats

/// What others found out says who they are.
struct FixtureRule: TidyRule {
  let claim = "the vectors of limits name their project and licence; other fixtures have a source"
  let broken = [
    "Tests/Vectors/Fixtures/a.json": "{\"groups\": []}\n",
    "Tests/Vectors/Fixtures/b.json": "{\"source\": {\"project\": \"x/y\"}}\n",
    "Tests/LabTests/Fixtures/stats/c.json": "[]\n",
    "Tests/KernelTests/Fixtures/d.json": "{\"cases\": []}\n",
  ]
  let sound = [
    "Tests/Vectors/Fixtures/a.json":
      "{\"source\": {\"project\": \"x/y\", \"licence\": \"MIT\"}}\n",
    "Tests/KernelTests/Fixtures/d.json": "{\"source\": \"a book\"}\n",
    "Tests/ReportsTests/Fixtures/README.md": "", "Tests/ReportsTests/Fixtures/e.json": "[]\n",
  ]

  func findings(in repository: Repository) -> [String] {
    repository.files.filter { $0.path.contains("/Fixtures/") && $0.path.hasSuffix(".json") }
      .compactMap { file in
        // A page beside the fixtures may say it for all of them.
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        if repository.has(folder + "/README.md") { return nil }
        guard let node = JSONNode.parse(SourceFile(name: file.path, text: file.text)).node else {
          return "\(file.path): not JSON"
        }
        let isVectors = file.path.hasPrefix("Tests/Vectors/")
        let isNamed =
          isVectors
          ? node["source"]?["project"]?.text != nil && node["source"]?["licence"]?.text != nil
          : node["source"] != nil || node["description"] != nil
        return isNamed ? nil : "\(file.path): no source"
      }
  }
}
