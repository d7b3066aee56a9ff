import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct BalanceSheetTests {
  /// One account that asks for 10 units every minute, at a credit each, under some funds.
  private static func run(
    _ layers: String, balance: Int, behaviour: String = "{}", warmup: String = "0s"
  ) throws -> MetricRow {
    let text = """
      {
        "horizon": "10m", "warmup": "\(warmup)", "initial": "fresh", "drain": "1m",
        "populations": [ {
          "name": "people", "accounts": 1, "balance": \(balance), "behaviour": \(behaviour),
          "workload": {"type": "openLoop", "interarrival": "1m", "service": "1s", "units": 10}
        } ],
        "fleet": [ {"name": "servers", "servers": 1} ],
        "policies": [ {"name": "p", "layers": \(layers)} ]
      }
      """
    let result = try TestScenario.read(text).run()
    #expect(result.broken == [])
    return result.metrics
  }

  private static func sheet(_ row: MetricRow) -> [Double?] {
    [
      row[.openingCredits], row[.purchasedCredits], row[.revenue], row[.expired],
      row[.closingCredits],
    ].map { $0.map { $0 / 1e6 } }
  }

  @Test("what is spent comes out of what was there: nobody bought anything")
  func drained() throws {
    // Nine requests in (0, 10 min], of which the first seven can pay.
    let row = try Self.run(#"[{"type": "credits", "price": 1}]"#, balance: 70)
    let spent = try #require(Self.sheet(row)[2])
    #expect(spent == 70)
    #expect(Self.sheet(row) == [70, 0, 70, 0, 0])
    #expect(row[.buyers] == 0)
  }

  @Test("balances are taken at the start of the measured time")
  func warmup() throws {
    let row = try Self.run(#"[{"type": "credits", "price": 1}]"#, balance: 70, warmup: "150s")
    #expect(Self.sheet(row) == [50, 0, 50, 0, 0])
  }

  @Test("what is bought comes in, and one account that buys often is one buyer")
  func bought() throws {
    let row = try Self.run(
      #"[{"type": "credits", "price": 1}]"#, balance: 0,
      behaviour: #"{"purchasing": {"pack": 20, "propensity": 1, "checkout": "1s"}}"#)
    let purchases = try #require(row[.purchases])
    #expect(purchases > 1)
    #expect(row[.buyers] == 1)
    let sheet = Self.sheet(row).map { $0 ?? -1 }
    #expect(sheet[1] == purchases * 20)
    #expect(sheet[0] + sheet[1] - sheet[2] - sheet[3] == sheet[4])
    #expect(sheet[2] > 0)
  }

  @Test("a balance that populations share is that of all of them, and of none alone")
  func shared() throws {
    func people(_ name: String) -> String {
      """
      {
        "name": "\(name)", "accounts": 1, "organisation": "acme",
        "workload": {"type": "openLoop", "interarrival": "1m", "service": "1s", "units": 10}
      }
      """
    }
    let text = """
      {
        "horizon": "10m", "initial": "fresh",
        "populations": [\(people("one")), \(people("two"))],
        "fleet": [ {"name": "servers", "servers": 2} ],
        "policies": [ {"name": "p", "layers": [
          {"type": "credits", "price": 1, "owner": "organisation", "initial": 1000} ]} ]
      }
      """
    let result = try TestScenario.read(text).run()
    #expect(result.broken == [])
    #expect(result.metrics[.openingCredits] == 1e9)
    for population in result.populations {
      #expect(population[.openingCredits] == nil)
      #expect(population[.closingCredits] == nil)
      #expect(population[.revenue] != nil)
    }
  }

  @Test("a policy without funds has no sheet")
  func none() throws {
    let row = try Self.run("[]", balance: 70)
    #expect(row[.openingCredits] == nil)
    #expect(row[.closingCredits] == nil)
    #expect(row[.buyers] == nil)
  }
}
