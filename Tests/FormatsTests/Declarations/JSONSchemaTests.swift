import Testing
import WeirFormats

@Suite struct JSONSchemaTests {
  private static let schema = JSONSchema.document(SampleScenario.self)

  @Test("the schema says of a field what its declaration says")
  func fields() {
    let plan = Self.schema["definitions"]?["SamplePlan"]
    #expect(
      plan?["properties"]?["limit"] == [
        "description": "The most per window. Unit: messages.", "type": "integer", "minimum": 0,
      ])
    #expect(
      plan?["properties"]?["factor"] == [
        "description": "Its weight.", "type": "number", "exclusiveMinimum": 0, "maximum": 2,
        "default": 1.5,
      ])
    #expect(plan?["required"] == ["limit"])
    #expect(plan?["additionalProperties"] == false)
    let properties = Self.schema["properties"]
    #expect(properties?["scheduler"]?["default"] == ["type": "fifo"])
    #expect(properties?["scheduler"]?["allOf"] == [["$ref": "#/definitions/scheduler%20or%20name"]])
    #expect(Self.schema["title"] == "Scenario")
  }

  @Test("variants are chosen by a constant tag, recursion is a reference")
  func variants() {
    let definitions = Self.schema["definitions"]
    #expect(
      definitions?["layer"] == [
        "oneOf": [["$ref": "#/definitions/layer%20fixed"], ["$ref": "#/definitions/layer%20group"]]
      ])
    let group = definitions?["layer group"]
    #expect(group?["description"] == "Several layers as one.")
    #expect(group?["properties"]?["type"] == ["const": "group"])
    #expect(group?["required"] == ["type", "parts"])
    #expect(group?["properties"]?["parts"]?["items"] == ["$ref": "#/definitions/layer"])
    #expect(definitions?["scheduler fifo"]?["required"] == nil)
    #expect(
      definitions?["scheduler or name"]?["anyOf"]?.elements?[0] == ["enum": ["fifo", "priority"]])
  }

  @Test("choices with help explain each option")
  func choices() {
    let law = Self.schema["definitions"]?["SampleService"]?["properties"]?["law"]
    #expect(law?["oneOf"]?.elements?[1] == ["const": "exponential", "description": "Memoryless."])
  }

  @Test("the text of the schema is the same each time, and is JSON")
  func deterministic() throws {
    let text = JSONWriter.pretty(Self.schema)
    #expect(text == JSONWriter.pretty(JSONSchema.document(SampleScenario.self)))
    #expect(JSONNode.parse(SourceFile(name: "schema", text: text)).node == Self.schema)
  }

  @Test("variants of other packages appear in the schema and are read")
  func extended() throws {
    var extensions = Extensions()
    extensions.add(
      Variant<any SampleLayer>("mine", "From elsewhere.") { _ in NamedLayer(story: "mine") })
    let schema = JSONSchema.document(SampleScenario.self, extensions: extensions)
    #expect(schema["definitions"]?["layer mine"]?["description"] == "From elsewhere.")
    #expect(Self.schema["definitions"]?["layer mine"] == nil)
    let text = sampleText.replacing(
      "{\"type\": \"fixed\", \"limit\": \"1.5k\"}", with: "{\"type\": \"mine\"}")
    let node = try #require(JSONNode.parse(SourceFile(name: "t", text: text)).node)
    let reading = SampleScenario.read(from: node, extensions: extensions)
    #expect(reading.issues == [])
    #expect(reading.value.layers[0].story == "mine")
    #expect(SampleScenario.read(from: node).issues.map(\.problem.name) == ["unknownName"])
  }
}

/// Reader and schema come from one declaration; here their verdicts are compared.
@Suite struct SchemaAgreementTests {
  /// Whether the schema cannot know of the issue, as the documentation of the schema says.
  private func isReadersAlone(_ issue: ScenarioIssue) -> Bool {
    switch issue.problem {
    case .rule, .duplicateKey: true
    case .outOfRange(let expected, let found):
      found.hasPrefix("\"") && !expected.hasPrefix("a name") && !expected.hasPrefix("text")
        || Double(found).map { $0.magnitude >= 0x1p63 } == true
    default: false
    }
  }

  /// The common verdict; `nil` when only the reader can find what is wrong.
  private func compare(_ document: JSONNode, _ validator: SchemaValidator) -> Bool? {
    let issues = SampleScenario.read(from: document).issues
    if !issues.isEmpty, issues.allSatisfy(isReadersAlone) { return nil }
    let agrees = validator.accepts(document) == issues.isEmpty
    #expect(agrees, "\(IssueRenderer.text(issues))\(JSONWriter.compact(document))")
    return issues.isEmpty
  }

  @Test("reader and schema agree on the sample and on each broken one that is JSON")
  func brokenOnes() throws {
    let validator = try SchemaValidator(JSONSchema.document(SampleScenario.self))
    let sample = try #require(JSONNode.parse(SourceFile(name: "t", text: sampleText)).node)
    #expect(compare(sample, validator) == true)
    for broken in brokenScenarios where broken.problem != "syntax" {
      let source = SourceFile(name: "t", text: broken.marked.text)
      _ = compare(try #require(JSONNode.parse(source).node), validator)
    }
  }

  @Test("reader and schema agree on changed documents", arguments: 1...2 as ClosedRange<UInt64>)
  func changedOnes(seed: UInt64) throws {
    let validator = try SchemaValidator(JSONSchema.document(SampleScenario.self))
    let sample = try #require(JSONNode.parse(SourceFile(name: "t", text: sampleText)).node)
    var random = FixedSeed(state: seed)
    var verdicts = [true: 0, false: 0]
    for _ in 0..<200 {
      let document = changed(sample, &random)
      if let verdict = compare(document, validator) { verdicts[verdict, default: 0] += 1 }
    }
    #expect(verdicts.values.allSatisfy { $0 > 20 }, "\(verdicts)")
  }

  private func changed(_ node: JSONNode, _ random: inout FixedSeed) -> JSONNode {
    if Int.random(in: 0..<12, using: &random) == 0 {
      return values.randomElement(using: &random) ?? node
    }
    switch node.value {
    case .object(var members) where !members.isEmpty:
      let index = Int.random(in: 0..<members.count, using: &random)
      switch Int.random(in: 0..<14, using: &random) {
      case 0: members.remove(at: index)
      case 1: members.append(JSONMember("extra", 1))
      case 2: members[index].name += "x"
      default: members[index].value = changed(members[index].value, &random)
      }
      return JSONNode(.object(members))
    case .list(var elements) where !elements.isEmpty:
      let index = Int.random(in: 0..<elements.count, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0: elements.remove(at: index)
      case 1: elements.append(elements[index])
      default: elements[index] = changed(elements[index], &random)
      }
      return JSONNode(.list(elements))
    default: return values.randomElement(using: &random) ?? node
    }
  }

  private let values: [JSONNode] = [
    .null, true, false, 0, 1, 2, 7, -1, 0.5, 2.5, 1e6, JSONNode(.number("1.0")),
    JSONNode(.number("1e3")), JSONNode(.number("1e30")), "", "a", "codex", "fifo", "weighted",
    "priority", "plus", "hasty", "40k", "1.5k", "1.2345k", "2M", "40K", "007", "1e3", "-3", "5",
    "5h", "1h30m", "30m1h", "250ms", "1.5s", "1.5ns", "h", "0s", "2026-02-01", "2026-13-01",
    "2026-02-01T10:00:00Z", "a b", "-a", [], [1], ["a", "b"], [:], ["type": "fifo"],
    ["type": "weighted", "weight": 2], ["type": "weighted"], ["type": "fixed", "limit": 3],
    ["aging": "5s"], ["type": "group", "parts": []], ["mean": "5s", "law": "fixed"],
    ["mean": "5s"], ["limit": 4], ["attempts": 3, "wait": "2s"],
  ]
}
