import Foundation

/// One layer = one file = one type = one name = one test.
struct LayerRule: TidyRule {
  let claim = "every layer of the catalogue has its own file, its own test and its headings"
  let broken = [
    "Sources/Access/Catalogue.swift": ".layer(Missing.self),\n",
    "Sources/Access/Limits/Window.swift":
      "/// ## Edges\n/// ## Source\nstruct Window: Layer {\nstatic let typeName = \"window\"\n",
    "Sources/Access/Limits/Other.swift":
      "public struct Window: Layer {\nstatic let typeName = \"window\"\n",
  ]
  let sound = [
    "Sources/Access/Catalogue.swift": ".layer(Window.self),\n",
    "Sources/Access/Limits/Window.swift":
      "/// ## Edges\n/// ## Complexity\n/// ## Source\npublic struct Window: Layer {\n"
      + "static let typeName = \"window\"\n",
    "Tests/AccessTests/Limits/WindowTests.swift": "@Suite struct WindowTests {}\n",
  ]

  func findings(in repository: Repository) -> [String] {
    guard let catalogue = repository.files.first(where: { $0.path.hasSuffix("/Catalogue.swift") })
    else { return ["there is no catalogue"] }
    var findings: [String] = []
    let types = catalogue.text.components(separatedBy: ".layer(").dropFirst().map {
      String($0.prefix { $0 != "." })
    }
    for type in types {
      let homes = repository.sources.filter { file in
        file.text.contains("struct \(type): ") && file.text.contains("static let typeName")
      }
      if homes.map(\.name) != ["\(type).swift"] {
        findings.append("\(type) is in \(homes.map(\.path)), not in one file of its name")
      }
      for heading in ["Edges", "Complexity", "Source"] {
        for home in homes where !home.text.contains("/// ## \(heading)\n") {
          findings.append("\(home.path): no heading \(heading)")
        }
      }
      let tests = ["\(type)Tests.swift", "\(type)Vectors.swift"]
      if !repository.files.contains(where: {
        $0.path.hasPrefix("Tests/AccessTests/") && tests.contains($0.name)
      }) {
        findings.append("\(type) has no test of its name")
      }
    }
    return findings
  }
}
