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
    setting = Setting(fields)
    policies = fields.value(
      "policies", .list(of: .object(Policy.self)), whenAbsent: [["name": "open"]], "Policies.")
  }

  /// Reads a scenario; records an issue of the test when it is not valid.
  static func read(_ text: String) throws -> TestScenario {
    let source = SourceFile(name: "test.json", text: text)
    let node = try #require(JSONNode.parse(source).node)
    let reading = read(from: node)
    for issue in reading.issues { Issue.record("\(issue)") }
    return reading.value
  }

  func run(policy: Int = 0, seed: UInt64 = 1) -> RunResult {
    var world = World(setting, policies[policy], replication: SampleKey(seed: seed))
    return world.run()
  }
}
