import Testing

@Suite struct TidyTests {
  @Test("the repository is tidy", arguments: tidyRules.map(NamedRule.init))
  func tidy(_ rule: NamedRule) throws {
    let findings = rule.rule.findings(in: try Repository.own.get())
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test("a rule finds every file that breaks it", arguments: tidyRules.map(NamedRule.init))
  func broken(_ rule: NamedRule) {
    let broken = rule.rule.broken
    #expect(!broken.isEmpty)
    for (path, text) in broken {
      var sample = rule.rule.sound
      sample[path] = text
      let findings = rule.rule.findings(in: Repository(sample))
      #expect(!findings.isEmpty, "nothing is found in \(path)")
    }
  }

  @Test("a rule finds nothing where nothing breaks it", arguments: tidyRules.map(NamedRule.init))
  func sound(_ rule: NamedRule) {
    let findings = rule.rule.findings(in: Repository(rule.rule.sound))
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test("the repository is really looked at")
  func size() throws {
    let repository = try Repository.own.get()
    #expect(repository.sources.count > 300)
    #expect(repository.has("README.md") && repository.has("Tests/TidyTests/TidyTests.swift"))
    #expect(!repository.files.contains { $0.path.contains(".build") })
  }

  /// A rule that is called by its claim.
  struct NamedRule: CustomTestStringConvertible, Sendable {
    let rule: any TidyRule
    var testDescription: String { rule.claim }
  }
}
