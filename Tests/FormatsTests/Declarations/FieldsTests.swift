import Testing
import WeirFormats

@Suite struct FieldsTests {
  @Test("a scenario without a mistake is read completely")
  func valid() throws {
    let (value, issues) = readSample(sampleText)
    #expect(issues.map { IssueRenderer.text($0) } == [])
    let scenario = try #require(value)
    #expect(scenario.name == "sample")
    #expect(scenario.description == "Wer fängt an? 🌊")
    #expect(scenario.seed == 20_261_122)
    #expect(scenario.horizon == 86_400_000_000_000)
    #expect(scenario.warmup == 5_400_000_000_000)
    #expect(scenario.start == 1_769_904_000)
    #expect(scenario.plans.map(\.key) == ["free", "plus"])
    #expect(scenario.plans[1].value.price.scaled(by: 6) == 19_990_000)
    #expect(scenario.plans[1].value.factor == 1.25)
    #expect(scenario.populations.map(\.accounts) == [20_000, 300])
    #expect(scenario.populations.map(\.mood) == [.hasty, .patient])
    #expect(scenario.populations.map(\.abuser) == [false, true])
    #expect(scenario.layers.map(\.story) == ["fixed 1500", "group of fixed 7"])
    #expect(scenario.scheduler.story == "priority 600000000000")
    #expect(scenario.service.mean == 250_000_000 && scenario.service.law == "exponential")
    #expect(scenario.retry.attempts == 2 && scenario.retry.wait == 1_500_000_000)
    #expect(scenario.serves == ["codex", "sora"])
    #expect(scenario.points.map(\.value) == [[10, "20k"]])
  }

  @Test("what is left out takes its default")
  func defaults() throws {
    let text = """
      {"name": "a", "horizon": "1h", "populations": [{"name": "p", "accounts": 1}],
       "service": "2s"}
      """
    let scenario = try #require(readSample(text).value)
    #expect(scenario.seed == 1 && scenario.warmup == 0 && scenario.start == nil)
    #expect(scenario.plans.isEmpty && scenario.layers.isEmpty && scenario.points.isEmpty)
    #expect(scenario.scheduler.story == "fifo")
    #expect(scenario.service.mean == 2_000_000_000 && scenario.service.law == "fixed")
    #expect(scenario.retry.attempts == 3)
    #expect(scenario.serves == ["codex"])
  }

  @Test(
    "short forms mean the same as long ones", arguments: ["\"fifo\"", "{\"type\":\"fifo\"}", "{}"])
  func shortForms(scheduler: String) throws {
    let text = sampleText.replacing("{\"type\": \"priority\", \"aging\": \"10m\"}", with: scheduler)
    #expect(try #require(readSample(text).value).scheduler.story == "fifo")
  }

  @Test("all mistakes of a document are found in one pass, in the order of the declaration")
  func allAtOnce() {
    let text =
      sampleText
      .replacing("\"limit\": 45", with: "\"limti\": 45")
      .replacing("\"24h\"", with: "24")
      .replacing("\"hasty\"", with: "\"hastey\"")
      .replacing("\"abuser\": true", with: "\"abuser\": 1, \"abuser\": 2")
    #expect(
      readSample(text).issues.map { "\($0.pointer) \($0.problem.name)" } == [
        "/populations/1/abuser duplicateKey", "/horizon wrongKind",
        "/plans/plus/limit missingField",
        "/plans/plus/limti unknownField", "/populations/0/mood unknownName",
        "/populations/1/abuser wrongKind",
      ])
  }

  @Test("a rule over several fields waits until each of them is right")
  func rulesWait() {
    let late = sampleText.replacing("\"1h30m\"", with: "\"30h\"")
    #expect(readSample(late).issues.map(\.problem.name) == ["rule"])
    let wrong = late.replacing("\"24h\"", with: "\"24\"")
    #expect(readSample(wrong).issues.map(\.problem.name) == ["wrongKind"])
  }

  @Test("a document that is no object is one issue", arguments: ["[]", "null", "7", "\"x\""])
  func noObject(text: String) {
    let issues = readSample(text).issues
    #expect(issues.map(\.problem.name) == ["wrongKind"])
    #expect(issues.first?.pointer == .root && issues.first?.position?.column == 1)
  }

  @Test("issues of a declaring type stand beside the others")
  func recorded() {
    struct Picky: Declared {
      init(_ fields: Fields) {
        let name = fields.required("name", .located(.name), "")
        if let issue = name.unknownName(among: ["right"]) { fields.record(issue) }
      }
    }
    let reading = Picky.read(from: ["name": "rihgt", "extra": 1])
    #expect(reading.issues.map(\.suggestion) == ["right", nil])
    #expect(reading.issues.map { String(describing: $0.pointer) } == ["/name", "/extra"])
    #expect(Picky.read(from: ["name": "right"]).issues == [])
    #expect(Picky.read(from: ["name": 5]).issues.map(\.problem.name) == ["wrongKind"])
  }

  @Test("two broken rules are both found")
  func twoRules() {
    let text = sampleText.replacing("\"1h30m\"", with: "\"30h\"")
      .replacing("\"name\": \"heavy\"", with: "\"name\": \"light\"")
    #expect(
      readSample(text).issues.map { String(describing: $0.pointer) }
        == ["/warmup", "/populations/1/name"])
  }

  @Test("origins tell given values from defaults, with the place of the former")
  func origins() throws {
    let node = try #require(JSONNode.parse(SourceFile(name: "a.json", text: sampleText)).node)
    let origins = SampleScenario.read(from: node).origins
    func origin(_ pointer: String) -> FieldOrigin? {
      origins.first { $0.pointer.description == pointer }
    }
    #expect(origin("/horizon")?.position?.description == "a.json:5:14")
    #expect(origin("/horizon")?.help == "When the run ends.")
    #expect(origin("/retry/attempts")?.value == 2)
    #expect(origin("/retry/wait")?.position == nil)
    #expect(origin("/retry/wait")?.value == "1.5s")
    #expect(origin("/populations/0/share")?.value == 0.5)
    #expect(origin("/nowhere") == nil)
  }

  @Test("the description lists every field with its presence, and reads no document")
  func description() {
    let declaration = Fields.describe(SampleScenario.self)
    #expect(declaration.name == "Scenario")
    #expect(declaration.fields.map(\.name).prefix(3) == ["name", "description", "seed"])
    #expect(declaration.fields.count == 14)
    guard case .required = declaration.fields[0].presence,
      case .optional = declaration.fields[1].presence,
      case .standard(let seed) = declaration.fields[2].presence
    else {
      Issue.record("other presences: \(declaration.fields.prefix(3).map(\.presence))")
      return
    }
    #expect(seed == 1)
  }

  @Test("a located name that nothing is called gives an issue with the nearest name")
  func locatedNames() throws {
    let scenario = try #require(readSample(sampleText).value)
    let plan = try #require(scenario.populations[1].plan)
    #expect(plan.unknownName(among: ["free", "plus"]) == nil)
    let issue = try #require(plan.unknownName(among: ["free", "pluss"]))
    #expect(issue.pointer.description == "/populations/1/plan")
    #expect(issue.position?.line == 14)
    #expect(issue.suggestion == "pluss")
    #expect(Located("?").unknownName(among: []) == nil)
  }
}
