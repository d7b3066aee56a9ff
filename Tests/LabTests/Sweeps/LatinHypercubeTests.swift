import Testing
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

@Suite struct LatinHypercubeTests {
  @Test("every cell of every axis holds one point", arguments: [1, 2, 7, 100])
  func cells(points: Int) {
    for axis in ["/a", "/b"] {
      let shares = LatinHypercube.shares(points: points, seed: 3, axis: axis)
      #expect(shares.map { Int($0 * Double(points)) }.sorted() == Array(0..<points))
      #expect(shares.allSatisfy { (0..<1).contains($0) })
    }
  }

  @Test("the samples of an axis depend on the seed and its pointer alone")
  func addresses() {
    func shares(_ seed: UInt64, _ axis: String) -> [Double] {
      LatinHypercube.shares(points: 10, seed: seed, axis: axis)
    }
    #expect(shares(1, "/a") == shares(1, "/a"))
    #expect(shares(1, "/a") != shares(2, "/a"))
    #expect(shares(1, "/a") != shares(1, "/b"))
  }

  @Test("points lie between the ends, and the scenario's seed does not move them")
  func points() throws {
    let sweep = """
      {"latinHypercube": {"points": 8, "axes": {
        "/fleet/0/servers": {"from": 1, "to": 4, "whole": true},
        "/horizon": {"from": 20, "to": 40, "unit": "s"},
        "/populations/0/accounts": {"from": 1, "to": 1000, "scale": "log", "whole": true}
      }}}
      """
    let study = try SweptScenario.study(sweep)
    #expect(study.points.map(\.name) == (1...8).map { "sample=\($0)" })
    // Four whole numbers in eight cells: each twice.
    #expect(
      study.points.map { $0.scenario.setting.fleet[0].servers }.sorted() == [
        1, 1, 2, 2, 3, 3, 4, 4,
      ])
    let horizons = study.points.map { Int($0.scenario.setting.horizon.seconds) }.sorted()
    #expect(horizons.map { ($0 - 20) * 2 / 5 } == Array(0..<8))
    // A third of the cells by each power of ten.
    let accounts = study.points.map { $0.scenario.setting.populations[0].accounts }.sorted()
    #expect(accounts.filter { $0 <= 10 }.count >= 2 && accounts.filter { $0 >= 100 }.count >= 2)
    let reseeded = try SweptScenario.study(sweep, ScenarioOverrides([.seed("99")]))
    #expect(
      reseeded.points.map { $0.values.map { $0?.text } }
        == study.points.map { $0.values.map { $0?.text } })
  }

  @Test("a logarithmic scale has no room for 0")
  func ends() {
    let sweep = """
      {"latinHypercube": {"points": 2, "axes": {
        "/fleet/0/servers": {"from": 0, "to": 4, "scale": "log"}}}}
      """
    let messages = SweptScenario.messages(sweep)
    #expect(messages.count == 1)
    #expect(messages.first?.contains("expected ends above 0 for log") == true)
  }
}
