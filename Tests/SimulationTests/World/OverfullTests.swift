import Testing
import WeirAccess

@testable import WeirSimulation

/// Runs whose units no sum holds.
@Suite struct OverfullTests {
  /// A run of one request of one unit each second, when all but so many units have been asked for.
  private func broken(left: Int64) throws -> [BrokenInvariant] {
    let scenario = try TestScenario.read(
      """
      {
        "horizon": "100s", "drain": "20s", "initial": "fresh",
        "populations": [ {
          "name": "steady", "accounts": 1,
          "workload": {"type": "openLoop", "interarrival": "1s", "service": "1ms"}
        } ],
        "fleet": [ {"name": "servers", "servers": 1} ],
        "policies": [ {"name": "open", "layers": []} ]
      }
      """)
    var world = World(scenario, keepsEvents: false)
    world.recorder.conservation.ask(Units(Conservation.mostUnits - left))
    return world.run().broken
  }

  @Test("a run that asks for more units than can be added up is given up, and says so")
  func overfull() throws {
    #expect(try broken(left: 100) == [])
    let broken = try broken(left: 49)
    #expect(broken.map(\.number) == [0])
    #expect(broken.first?.description.hasPrefix("more units are asked for") == true)
    #expect(broken.first?.evidence.contains("by 49s") == true)
  }

  @Test("what no integer holds is more than can be added up, and nothing traps")
  func extremes() {
    var books = Conservation()
    books.ask(Units(.max))
    books.ask(Units(.max))
    #expect(books.isOverfull && books.asked == .max)
  }
}
