/// The top level is fixed.
struct TopLevelRule: TidyRule {
  let claim = "the top level has what belongs there and nothing else"
  let broken = ["Makefile": "all:\n", "docs/a.md": "# A\n", "weir.py": "pass\n"]
  let sound = [
    "Package.swift": "", "Sources/A.swift": "", "README.md": "", "LICENSE": "", ".gitignore": "",
    "notebooks-export/a.ipynb": "",
  ]

  private static let allowed = [
    "Package.swift", "Sources", "Tests", "Scenarios", "Results", "notebooks-export", "README.md",
    "LICENSE",
  ]

  func findings(in repository: Repository) -> [String] {
    repository.top.filter { !$0.hasPrefix(".") && !Self.allowed.contains($0) }
  }
}
