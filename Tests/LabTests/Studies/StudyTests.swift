import Testing
import WeirKernel

@testable import WeirLab

@Suite struct StudyTests {
  @Test("runs are ordered by replication, then policy")
  func order() throws {
    let study = try TinyScenario.study()
    #expect(study.count == 6)
    #expect(
      study.runs.map(\.id) == [
        "hard-stop/base/0", "waterfall/base/0", "hard-stop/base/1", "waterfall/base/1",
        "hard-stop/base/2", "waterfall/base/2",
      ])
    #expect(study.runs.map(\.index) == Array(0..<6))
  }

  @Test("all points of a replication come before the next")
  func points() throws {
    let study = try SweptScenario.study(#"{"grid": {"/fleet/0/servers": [1, 2]}}"#)
    #expect(study.count == 12)
    #expect(
      study.runs.prefix(5).map(\.id) == [
        "hard-stop/servers=1/0", "waterfall/servers=1/0", "hard-stop/servers=2/0",
        "waterfall/servers=2/0", "hard-stop/servers=1/1",
      ])
  }

  @Test("more replications only add runs")
  func growth() throws {
    let few = try TinyScenario.study()
    let many = try TinyScenario.study(ScenarioOverrides([.replications("5")]))
    #expect(Array(many.runs.prefix(few.count)) == few.runs)
  }

  @Test("all policies of a replication share its samples, and no two replications do")
  func samples() throws {
    let study = try TinyScenario.study()
    let keys = (0..<3).map { study.samples(ofReplication: $0) }
    #expect(Set(keys).count == 3)
    #expect(keys[2] == SampleKey(seed: 20_261_122).child(2))
  }
}
