/// Arrows point down only: what each part may know.
struct ImportRule: TidyRule {
  let claim = "a part imports only what lies below it"
  let broken = [
    "Sources/Kernel/A.swift": "import WeirFormats\n",
    "Sources/Access/A.swift": "public import WeirSimulation\n",
    "Sources/Simulation/A.swift": "@testable import WeirLab\n",
    "Sources/Access/B.swift": "import Foundation\n",
    "Sources/Kernel/B.swift": "internal import Glibc\n",
    "Sources/Lab/A.swift": "import WeirReports\n",
    "Sources/Lab/B.swift": "import Foundation\n",
    "Sources/Simulation/B.swift": "import WeirSystem\n",
    "Sources/Unknown/A.swift": "import WeirKernel\n",
  ]
  let sound = [
    "Sources/Access/A.swift": "public import WeirFormats\nimport WeirKernel\n",
    "Sources/Lab/A.swift": "import Dispatch\nimport WeirSimulation\nimport WeirSystem\n",
    "Sources/System/A.swift": "import Foundation\n",
    "Tests/AccessTests/A.swift": "@testable import WeirAccess\n",
  ]

  /// The parts from the bottom up; System, Formats and Kernel stand beside one another below them.
  static let layers = ["Access", "Simulation", "Lab", "Reports", "CommandLine"]
  /// The parts whose results must not depend on the machine.
  static let sealed = ["Kernel", "Access", "Simulation"]

  static func known(to part: String) -> Set<String>? {
    switch part {
    case "System", "Formats", "Kernel": return []
    case "Main": return ["WeirCommandLine"]
    case "Weir":
      return Set((["Formats", "Kernel"] + layers).map { "Weir" + $0 })
    default:
      guard let place = layers.firstIndex(of: part) else { return nil }
      let system = sealed.contains(part) ? [] : ["System"]
      return Set((system + ["Formats", "Kernel"] + layers[..<place]).map { "Weir" + $0 })
    }
  }

  func findings(in repository: Repository) -> [String] {
    repository.sources.flatMap { file -> [String] in
      let part = String(file.path.split(separator: "/")[1])
      guard let known = Self.known(to: part) else { return ["\(file.path): an unknown part"] }
      return file.numberedLines.compactMap { line in
        let words = line.text.split(separator: " ")
        guard !line.text.hasPrefix(" "), let place = words.firstIndex(of: "import"), place < 3,
          !line.text.hasPrefix("//"), let module = words.dropFirst(place + 1).first
        else { return nil }
        let name = String(module.split(separator: ".").first ?? module)
        // All of Foundation is slow to load, so that only what it is made of is used, by System.
        let isOutside =
          part == "System" || !Self.sealed.contains(part) && !name.hasPrefix("Foundation")
        let isAllowed = name.hasPrefix("Weir") ? known.contains(name) : isOutside
        return isAllowed ? nil : "\(file.path):\(line.number): \(part) imports \(name)"
      }
    }
  }
}
