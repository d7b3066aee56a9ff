/// The same scenario gives the same bytes: nothing of the machine gets into a run.
struct WorldlessRule: TidyRule {
  let claim =
    "no part that results come from reads a clock, the system's randomness or the C library"
  let broken = [
    "Sources/Kernel/A.swift": "let x = Double.random(in: 0...1)\n",
    "Sources/Access/B.swift": "let now = ContinuousClock.now\n",
    "Sources/Simulation/C.swift": "let x = [1, 2].shuffled()\n",
    "Sources/Simulation/D.swift": "for (key, value) in table.hashValue {}\n",
    "Sources/Kernel/E.swift": "var generator = SystemRandomNumberGenerator()\n",
  ]
  let sound = [
    "Sources/Access/A.swift": "let x = samples.uniform()\n",
    "Sources/Lab/A.swift": "let started = Date()\n",
  ]

  private static let words = [
    ".random(", "SystemRandom", "ContinuousClock", "SuspendingClock", "Date()", ".shuffled()",
    ".randomElement()", ".hashValue", "ProcessInfo", "getenv", "clock_gettime",
  ]

  func findings(in repository: Repository) -> [String] {
    repository.sources.filter { file in
      ImportRule.sealed.contains { file.path.hasPrefix("Sources/\($0)/") }
    }.flatMap { file in
      file.lines(with: Self.words).filter { !$0.text.drop { $0 == " " }.hasPrefix("//") }.map {
        "\(file.path):\($0.number): \($0.word)"
      }
    }
  }
}
