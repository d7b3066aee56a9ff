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
    "Sources/Unknown/A.swift": "import WeirKernel\n",
  ]
  let sound = [
    "Sources/Access/A.swift": "public import WeirFormats\nimport WeirKernel\n",
    "Sources/Lab/A.swift": "import Foundation\nimport WeirSimulation\n",
    "Tests/AccessTests/A.swift": "@testable import WeirAccess\n",
  ]

  /// The parts from the bottom up; Formats and Kernel stand beside one another.
  static let layers = ["Access", "Simulation", "Lab", "Reports", "CommandLine"]
  /// The parts whose results must not depend on the machine.
  static let sealed = ["Kernel", "Access", "Simulation"]

  static func known(to part: String) -> Set<String>? {
    switch part {
    case "Formats", "Kernel": return []
    case "Main": return ["WeirCommandLine"]
    case "Weir":
      return Set((["Formats", "Kernel"] + layers).map { "Weir" + $0 })
    default:
      guard let place = layers.firstIndex(of: part) else { return nil }
      return Set((["Formats", "Kernel"] + layers[..<place]).map { "Weir" + $0 })
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
        let isAllowed =
          name.hasPrefix("Weir") ? known.contains(name) : !Self.sealed.contains(part)
        return isAllowed ? nil : "\(file.path):\(line.number): \(part) imports \(name)"
      }
    }
  }
}
