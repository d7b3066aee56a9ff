import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@testable import WeirSimulation

/// A setting and policies read from the text of a scenario's world part.
struct TestScenario: Declared {
  let setting: Setting
  let policies: [Policy]

  init(_ fields: Fields) {
    var setting = Setting(fields)
    policies = fields.value(
      "policies", .list(of: .object(Policy.self)), whenAbsent: [["name": "open"]], "Policies.")
    setting.replacementModels = policies.flatMap(\.downgrades).compactMap(\.downgrade.model)
    self.setting = setting
  }

  /// Reads a scenario; records an issue of the test when it is not valid.
  ///
  /// - Parameter files: The texts of the files that it names, by path.
  static func read(_ text: String, files: [String: String] = [:]) throws -> TestScenario {
    let reading = try reading(text, files: files)
    for issue in reading.issues { Issue.record("\(IssueRenderer.text(issue))") }
    return reading.value
  }

  /// The issues of a scenario, rendered without the lines that they are about.
  static func issues(_ text: String, files: [String: String] = [:]) throws -> [String] {
    try reading(text, files: files).issues.map { issue in
      let place = issue.position.map { "\($0): " } ?? ""
      return place + "\(issue.pointer): " + IssueRenderer.message(issue)
    }
  }

  private static func reading(
    _ text: String, files: [String: String]
  ) throws -> Reading<TestScenario> {
    let source = SourceFile(name: "test.json", text: text)
    let node = try #require(JSONNode.parse(source).node)
    let inputs = InputFiles { path, _ in
      files[path].map { .success(InputFile(path: path, text: $0)) }
        ?? .failure(.missing(searched: []))
    }
    return read(from: node, inputs: inputs)
  }

  func run(policy: Int = 0, seed: UInt64 = 1, keepsIntents: Bool = false) -> RunResult {
    var world = World(
      setting, policies[policy], replication: SampleKey(seed: seed),
      keeping: EventKeeping(intents: keepsIntents))
    return world.run()
  }
}
