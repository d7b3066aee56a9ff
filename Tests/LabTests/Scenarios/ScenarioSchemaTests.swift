import Foundation
import Testing
import WeirFormats

@testable import WeirLab

@Suite struct ScenarioSchemaTests {
  @Test(
    "the committed schema is that of the declarations: weir schema > Scenarios/weir.schema.json")
  func committed() throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Scenarios/weir.schema.json").standardized
    let committed = try String(contentsOf: url, encoding: .utf8)
    #expect(committed == ScenarioSchema.text())
  }

  @Test("the schema declares every top-level key")
  func keys() {
    let properties = ScenarioSchema.document()["properties"]
    let names = properties?.members?.map(\.name) ?? []
    for name in [
      "$schema", "extends", "name", "description", "seed", "horizon", "warmup", "replications",
      "products", "plans", "populations", "fleet", "policies", "baseline", "primaryMetric",
      "thresholds",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }

  @Test("only a file that extends another, or is a part, may leave out what a scenario must have")
  func required() {
    let schema = ScenarioSchema.document()
    #expect(schema["required"] == nil)
    let options = schema["anyOf"]?.elements?.compactMap { $0["required"]?.elements }
    #expect(options?.first == ["extends"])
    #expect(options?.dropFirst().first?.contains("horizon") == true)
    #expect(options?.last == ["description"])
    let names = schema["anyOf"]?.elements?.last?["propertyNames"]?["enum"]?.elements
    #expect(names?.compactMap(\.text) == ["$schema", "description", "products", "plans"])
  }
}
