import Foundation
import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

/// The dated plans in `Scenarios/plans`, for scenarios to extend.
@Suite struct PlanPresetTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Scenarios/plans").standardized

  static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".json") }.sorted()

  private func part(_ file: String) throws -> ScenarioPart {
    do {
      return try #require(
        try ScenarioPart.file(at: Self.folder.appendingPathComponent(file).path))
    } catch {
      Issue.record("\(error)")
      throw error
    }
  }

  @Test("there are presets of all vendors that publish plans")
  func count() { #expect(Self.files.count >= 15) }

  @Test(
    "each preset loads, and each of its plans and products has its date and source",
    arguments: files)
  func loads(_ file: String) throws {
    let part = try part(file)
    #expect(!part.description.isEmpty)
    let provenances = part.plans.map(\.value.provenance) + part.products.map(\.value.provenance)
    #expect(!provenances.isEmpty)
    #expect(provenances.allSatisfy { $0.asOf != nil && $0.source != nil })
  }

  /// Numbers as their vendors published them.
  @Test(
    "plans have the windows that were published",
    arguments: [
      ("codex-2026-02", "codex-plus", [45], SimDuration.hours(5)),
      ("codex-2026-02", "codex-pro-small-tasks", [1500], .hours(5)),
      ("codex-2026-02", "codex-enterprise", [], .zero),
      ("codex-2026-03", "codex-pro", [223], .hours(5)),
      ("codex-2026-05", "codex-pro-20x-mini-small-tasks", [7000], .hours(5)),
      ("codex-2026-07", "codex-plus-luna", [50], .hours(5)),
      ("sora2-2025-11", "sora2-pro", [100], .days(1)),
      ("sora1-credits", "sora1-plus", [1000], .days(30)),
      ("claude-code-2025-08", "claude-max-20x", [200], .hours(5)),
      ("openai-api-tiers", "openai-free-requests", [3, 200], .minutes(1)),
      ("anthropic-api-tiers-legacy", "anthropic-tier-4-output-tokens", [80_000], .minutes(1)),
      ("anthropic-api-tiers-2026-10", "anthropic-scale-input-tokens", [4_000_000], .minutes(1)),
      ("copilot-premium", "copilot-free-premium", [50], .days(30)),
      ("cursor-plans", "cursor-ultra", [4500], .days(30)),
      ("fireworks-spend-tiers", "fireworks-tier-3", [5000], .days(30)),
      ("chatgpt-business-rate-card", "chatgpt-edu-images", [3], .days(1)),
    ] as [(String, String, [Int64], SimDuration)])
  func windows(_ file: String, _ name: String, _ limits: [Int64], _ per: SimDuration) throws {
    let plan = try #require(part(file + ".json").plans.first { $0.key == name }?.value)
    #expect(plan.allowances.map(\.limit.count) == limits)
    #expect(plan.allowances.first.map(\.per) ?? .zero == per)
  }

  @Test("a rate card meters tokens: 100k new, 900k cached and 10k output cost 31.25 credits")
  func rateCard() throws {
    let product = try #require(
      part("codex-rate-card-2026-04.json").products.first { $0.key == "gpt-5.5" }?.value)
    var demand = Demand()
    demand.input = 100_000
    demand.cachedInput = 900_000
    demand.output = 10_000
    // 0.1 x 125 + 0.9 x 12.5 + 0.01 x 750 credits, in micro-credits.
    #expect(product.meter(of: "request").actual(demand) == 31_250_000)
  }

  // MARK: Scenarios

  private static let scenario = """
    {
      "extends": ["plans/codex-2026-05.json", "plans/sora2-2025-11.json"],
      "name": "two-presets", "horizon": "2h", "replications": 1, "initial": "fresh",
      "products": { "codex": {}, "sora": {} },
      "populations": [
        {
          "name": "coders", "accounts": 3, "plan": "codex-plus",
          "workload": {
            "type": "openLoop", "product": "codex", "interarrival": "1m", "service": "1s"
          }
        },
        {
          "name": "makers", "accounts": 3, "plan": "sora2-most-users",
          "workload": {
            "type": "openLoop", "product": "sora", "interarrival": "1m", "service": "1s"
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 3} ],
      "policies": [ {"name": "plans", "layers": [ {"type": "planAllowance"} ]} ]
    }
    """

  private func reader() throws -> FileReader {
    var texts = ["two.json": Self.scenario]
    for file in Self.files {
      texts["plans/" + file] = try String(
        contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    }
    return .texts(texts)
  }

  @Test("a scenario that extends two presets runs, and each population has its own plan")
  func twoPresets() throws {
    let file = try ScenarioFile("two.json", reader: try reader())
    let scenario = file.scenario
    #expect(scenario.setting.plans.count == 14)
    #expect(scenario.description == "")
    let result = try #require(scenario.policies.first).run(scenario.setting)
    // Requests come each minute; 15 and 30 of 119 fit into windows that outlast the run.
    #expect(result.broken.isEmpty)
    #expect(result.populations[0][.completed] == 45.0)
    #expect(result.populations[1][.completed] == 90.0)
    let origin = file.origins.first {
      $0.pointer.description == "/plans/codex-plus/allowances/0/limit"
    }
    #expect(origin?.position?.file.name == "plans/codex-2026-05.json")
  }

  @Test("a misspelt plan of a preset is an error, with the nearest one")
  func misspelt() throws {
    var texts = ["tiny.json": tiny("\"plan\": \"plus\"", by: "\"plan\": \"codex-pls\"")]
    texts["tiny.json"] = texts["tiny.json"]?.replacingOccurrences(
      of: "\"name\": \"tiny\"", with: "\"extends\": \"codex.json\", \"name\": \"tiny\"")
    texts["codex.json"] = #"{"description": "A preset.", "plans": {"codex-plus": {}}}"#
    let issues = issues(texts)
    #expect(issues.map(\.pointer.description) == ["/populations/1/plan"])
    #expect(issues.first?.suggestion == "codex-plus")
  }

  @Test("of several files a later one is laid over an earlier one, and the scenario over both")
  func order() throws {
    let base = TinyScenario.text.replacingOccurrences(
      of: "\"name\": \"tiny\"", with: "\"extends\": [\"a.json\", \"b.json\"], \"name\": \"tiny\"")
    let texts = [
      "tiny.json": base,
      "a.json": #"{"description": "A.", "plans": {"plus": {"priority": 7}, "a": {"priority": 1}}}"#,
      "b.json": #"{"description": "B.", "plans": {"a": {"priority": 2}, "plus": {"priority": 8}}}"#,
    ]
    let scenario = try ScenarioFile("tiny.json", reader: .texts(texts)).scenario
    let priorities = Dictionary(
      uniqueKeysWithValues: scenario.setting.plans.map { ($0.key, $0.value.priority) })
    #expect(priorities == ["plus": 1, "a": 2, "free": 0])
  }

  @Test(
    "a part with a mistake is refused, at its place",
    arguments: [
      (#"{"description": "A.", "plans": {"a": {"asOf": "26-02"}}}"#, "/plans/a/asOf"),
      (#"{"description": "A.", "plans": {"a": {"asOf": "2026-13"}}}"#, "/plans/a/asOf"),
      (#"{"description": "A.", "plans": {"a": {"alowances": []}}}"#, "/plans/a/alowances"),
      (#"{"plans": {"a": {}}}"#, "/description"),
      (#"{"description": "A.", "plans": {}}"#, ""),
      (#"{"description": "A.", "plans": {"a": {}}, "seed": 1}"#, "/seed"),
    ])
  func broken(_ text: String, _ place: String) throws {
    let failure = #expect(throws: ScenarioFailure.self) {
      try ScenarioPart.file(at: "p.json", reader: .texts(["p.json": text]))
    }
    guard case .invalid(let issues) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(issues.map(\.pointer.description) == [place])
  }

  @Test("a scenario is no part")
  func scenarioIsNone() throws {
    #expect(
      try ScenarioPart.file(
        at: "tiny.json", reader: .texts(["tiny.json": TinyScenario.text])) == nil)
  }
}

extension Policy {
  /// One run of the policy.
  fileprivate func run(_ setting: Setting) -> RunResult {
    var world = World(setting, self, replication: SampleKey(seed: 1))
    return world.run()
  }
}
