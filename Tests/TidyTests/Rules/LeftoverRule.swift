/// What is to be done is in the issues, what was done in the history.
struct LeftoverRule: TidyRule {
  let claim = "nothing is left to do, switched off or printed for a look"
  let broken = [
    "Sources/Kernel/A.swift": "// TO" + "DO: later\n",
    "Sources/Kernel/B.swift": "// FIX" + "ME\n",
    "Tests/KernelTests/C.swift": "@Test(.dis" + "abled())\n",
    "Sources/Kernel/D.swift": "debug" + "Print(x)\n",
    ".ci/checks/e.sh": "# HA" + "CK\n",
  ]
  let sound = ["Sources/Kernel/A.swift": "/// Hackles, and a todo list.\n"]

  private static let words = [
    "TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", ".dis" + "abled(", "debug" + "Print(",
    "lorem" + " ipsum",
  ]

  func findings(in repository: Repository) -> [String] {
    repository.files.filter { !$0.isData }.flatMap { file in
      file.lines(with: Self.words).map { "\(file.path):\($0.number): \($0.word)" }
    }
  }
}
