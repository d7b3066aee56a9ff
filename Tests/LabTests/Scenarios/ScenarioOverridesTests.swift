import Testing
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

@Suite struct ScenarioOverridesTests {
  @Test("values are set as JSON, or else as texts")
  func assignments() throws {
    let overrides = try setting(
      "/horizon=90s", "/fleet/0/servers=7", "/objective=2s", "/description=a=b")
    let scenario = try TinyScenario.file(TinyScenario.text, overrides).scenario
    #expect(scenario.setting.horizon == .seconds(90))
    #expect(scenario.setting.fleet[0].servers == 7)
    #expect(scenario.setting.objective == .seconds(2))
    #expect(scenario.description == "a=b")
  }

  @Test("the seed and the replications have options of their own")
  func own() throws {
    let overrides = ScenarioOverrides([.seed("18446744073709551615"), .replications("5")])
    let scenario = try TinyScenario.file(TinyScenario.text, overrides).scenario
    #expect(scenario.seed == .max)
    #expect(scenario.replications == 5)
  }

  @Test("an argument without a pointer or a value is none", arguments: ["", "/a", "a=1", "=1"])
  func malformed(_ argument: String) {
    #expect(ScenarioOverrides.Assignment(parsing: argument) == nil)
  }

  @Test("a pointer that leads nowhere is reported with the nearest one")
  func nowhere() throws {
    let found = issues(["tiny.json": TinyScenario.text], try setting("/fleet/0/server/x=1"))
    let issue = try #require(found.first)
    #expect(issue.pointer.description == "/fleet/0/server/x")
    #expect(issue.suggestion == "/fleet/0/servers")
    #expect(issue.position?.file.name == "--set /fleet/0/server/x")
  }

  @Test("a value of the wrong kind is reported at the option")
  func wrong() throws {
    let found = issues(["tiny.json": TinyScenario.text], try setting("/horizon=soon"))
    #expect(found.map(\.pointer.description) == ["/horizon"])
    #expect(found.first?.position?.description == "--set /horizon:1:1")
  }

  @Test("files are read before values are set")
  func extends() throws {
    let found = issues(["tiny.json": TinyScenario.text], try setting("/extends=other.json"))
    #expect(found.map(\.pointer.description) == ["/extends"])
  }

  // MARK: Policies

  @Test("chosen policies keep their thresholds, and the first becomes the baseline")
  func chosen() throws {
    let overrides = ScenarioOverrides(policies: ["waterfall"])
    let file = try TinyScenario.file(TinyScenario.text, overrides)
    #expect(file.scenario.policies.map(\.name) == ["waterfall"])
    #expect(file.scenario.baseline == "waterfall")
    #expect(file.scenario.thresholds.map(\.id) == ["served"])
  }

  @Test("thresholds on policies that were not chosen are not asked")
  func left() throws {
    let overrides = ScenarioOverrides(policies: ["hard-stop"])
    let file = try TinyScenario.file(TinyScenario.text, overrides)
    #expect(file.scenario.baseline == "hard-stop")
    #expect(file.scenario.thresholds.isEmpty)
  }

  @Test("an unknown policy is reported with the nearest name")
  func unknown() {
    let overrides = ScenarioOverrides(policies: ["water-fall"])
    let found = issues(["tiny.json": TinyScenario.text], overrides)
    #expect(found.map(\.suggestion) == ["waterfall"])
    #expect(found.first?.position?.file.name == "--policy")
  }

  // MARK: The command

  @Test("the command names the file and everything that changes results")
  func command() throws {
    var overrides = try setting("/description=it's new", policies: ["hard-stop"])
    overrides.assignments.append(.seed("7"))
    let file = try TinyScenario.file(TinyScenario.text, overrides)
    #expect(
      file.command
        == "weir run tiny.json --set '/description=it'\\''s new' --seed 7 --policy hard-stop")
  }

  @Test(
    "the path in results says nothing of the machine",
    arguments: [("/home/x/s.json", "s.json"), ("a/s.json", "a/s.json"), ("../s.json", "s.json")])
  func path(_ path: String, _ shown: String) throws {
    let file = try ScenarioFile(path, reader: .texts([path: TinyScenario.text]))
    #expect(file.displayPath == shown)
  }
}
