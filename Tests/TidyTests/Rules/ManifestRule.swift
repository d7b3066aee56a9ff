/// The manifest draws the same arrows as the sources, and none out of the package.
struct ManifestRule: TidyRule {
  let claim = "the manifest names no package, and no part above the one that uses it"
  let broken = ["Package.swift": "part(\"Kernel\", uses: \"Access\"),\n"]
  let sound = ["Package.swift": "part(\"Formats\"),\npart(\"Access\", uses: \"Kernel\"),\n"]

  func findings(in repository: Repository) -> [String] {
    guard let manifest = repository.files.first(where: { $0.path == "Package.swift" }) else {
      return []
    }
    var findings: [String] = []
    for line in manifest.numberedLines {
      if line.text.contains(".package(") {
        findings.append("Package.swift:\(line.number): a package")
      }
      guard line.text.drop(while: { $0 == " " }).hasPrefix("part(\"") else { continue }
      let names = line.text.split(separator: "\"", omittingEmptySubsequences: false)
        .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
      guard let part = names.first, let known = ImportRule.known(to: part) else {
        findings.append("Package.swift:\(line.number): an unknown part")
        continue
      }
      for other in names.dropFirst() where !known.contains("Weir" + other) {
        findings.append("Package.swift:\(line.number): \(part) uses \(other)")
      }
    }
    return findings
  }
}
