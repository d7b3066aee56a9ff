/// The repository is the same wherever it lies.
struct PlaceRule: TidyRule {
  let claim = "no file names a place of the machine on which it was written"
  let broken = [
    "README.md": "Look into /ho" + "me/someone/weir.\n",
    "Sources/Kernel/A.swift": "let x = \"/wo" + "rk/main\"\n",
    "Tests/KernelTests/B.swift": "let x = \"/ro" + "ot/weir\"\n",
    ".ci/run": "cd /tm" + "p/wt/main\n",
    "Scenarios/a.json": "{\"file\": \"../sha" + "red/traces/a.csv\"}\n",
  ]
  let sound = [
    "Sources/Kernel/A.swift": "// \"/seed\", /populations/0/workload and -o /tmp/six\n"
  ]

  private static let places = [
    "/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/wt", "/tm" + "p/team", "C:" + "\\", "file:/" + "//",
    "/ho" + "me/",
    "/Us" + "ers/",
  ]
  /// Where a place may be named: paths that a test invents, and traces that are looked for.
  private static let exceptions = [
    "Tests/LabTests/Scenarios/ScenarioOverridesTests.swift"
  ]

  func findings(in repository: Repository) -> [String] {
    repository.files.filter { !$0.isData && !Self.exceptions.contains($0.path) }.flatMap { file in
      let shared = file.isSwift ? [] : ["../sha" + "red/"]
      return file.lines(with: Self.places + shared).map {
        "\(file.path):\($0.number): \($0.word)"
      }
    }
  }
}
