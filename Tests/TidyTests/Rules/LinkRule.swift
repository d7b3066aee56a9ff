import Foundation

/// Pages lead to what is there.
struct LinkRule: TidyRule {
  let claim = "what a page links to is there, and every page of the documentation is reached"
  let broken = [
    "README.md": "See [here](Sources/Nowhere).\n",
    "Sources/Weir.docc/Weir.md": "See <doc:Nowhere>.\n",
    "Sources/Weir.docc/Orphan.md": "Nobody comes here.\n",
  ]
  let sound = [
    "README.md": "See [here](Sources/Weir.docc), [there](https://swift.org) and [it](#top).\n",
    "Sources/Weir.docc/Weir.md": "# ``Weir``\n\nSee <doc:Model>.\n",
    "Sources/Weir.docc/Model.md": "See <doc:Weir>.\n",
  ]

  func findings(in repository: Repository) -> [String] {
    let pages = repository.files.filter { $0.path.hasSuffix(".md") }
    var reached: Set<String> = ["Weir"]
    var findings: [String] = []
    let articles = pages.filter { $0.path.hasPrefix("Sources/Weir.docc/") }
    let names = Set(articles.map { String($0.name.dropLast(3)) })
    for page in pages {
      for link in Self.targets("](", ")", in: page.text) {
        if link.contains(":") || link.hasPrefix("#") { continue }
        let folder = page.path.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let path = String(link.prefix { $0 != "#" })
        let target = URL(fileURLWithPath: "\(folder)/\(path)").standardized.path.dropFirst()
        if !repository.has(String(target)) { findings.append("\(page.path): \(link)") }
      }
      for link in Self.targets("<doc:", ">", in: page.text) {
        reached.insert(link)
        if !names.contains(link) { findings.append("\(page.path): <doc:\(link)>") }
      }
    }
    for article in articles where !reached.contains(String(article.name.dropLast(3))) {
      findings.append("\(article.path): no page leads here")
    }
    return findings
  }

  private static func targets(_ open: String, _ close: Character, in text: String) -> [String] {
    text.components(separatedBy: open).dropFirst().map { rest in
      String(rest.prefix { $0 != close })
    }
  }
}
