import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

/// Runs whose units or credits no sum holds.
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
    let evidence = try #require(broken.first?.evidence)
    #expect(evidence.contains("4611686018427387904 by 50s"), "\(evidence)")
  }

  @Test("what no integer holds is more than can be added up, and nothing traps")
  func extremes() {
    var books = Conservation()
    books.ask(Units(.max))
    books.ask(Units(.max))
    #expect(books.isOverfull && books.asked == .max)
  }

  /// A run in which each of many accounts is charged a thousand billion credits once.
  private func overpaid(
    accounts: Int, fund: String = "", extra: String = ""
  ) throws -> [BrokenInvariant] {
    let scenario = try TestScenario.read(
      """
      {
        "horizon": "1h", "initial": "fresh"\(extra),
        "products": { "codex": {"meter": {"output": 1}, "assumedOutput": 1} },
        "populations": [ {
          "name": "payers", "accounts": \(accounts), "balance": 1000000,
          "workload": {
            "type": "openLoop", "product": "codex", "interarrival": "1m", "service": "1s",
            "output": "1000k"
          },
          "behaviour": { "whenRefused": {"type": "leave"} }
        } ],
        "fleet": [ {"name": "servers", "servers": 20} ],
        "policies": [
          {"name": "paid", "layers": [ {"type": "credits", "price": 1000000\(fund)} ]}
        ]
      }
      """)
    var world = World(scenario, keepsEvents: true)
    return world.run().broken
  }

  @Test("one charge of a thousand billion credits can be added up")
  func greatCharge() throws {
    #expect(try overpaid(accounts: 1) == [])
  }

  @Test(
    "a run that moves more credits than can be added up is given up, and says so",
    arguments: [
      "", #", "mode": "reserve""#, #", "settlementLag": "10m""#,
      #", "mode": "reserve", "settlementLag": "2h""#,
      #", "topUp": {"below": 1000000, "upTo": 1000000}"#,
      #", "owner": "organisation", "initial": 1000000, "settlementLag": "1m""#,
      #", "overdraft": {"credits": 1000000, "forgiveEvery": "1m"}"#,
      #", "spendCap": {"credits": 1000000, "per": "1m"}"#,
    ])
  func overpaid(_ fund: String) throws {
    let broken = try overpaid(accounts: 30, fund: fund)
    #expect(broken.map(\.number) == [0])
    #expect(broken.first?.description.hasPrefix("more credits are moved") == true)
    let evidence = try #require(broken.first?.evidence)
    #expect(evidence.contains("at most 4611686018427387903"), "\(evidence)")
  }

  @Test("the same where charges are delivered")
  func overpaidDeliveries() throws {
    let broken = try overpaid(
      accounts: 30, extra: #", "settlement": {"lag": "1m", "loss": 0.02}"#)
    #expect(broken.map(\.number) == [0])
  }

  @Test("half of what an integer holds can be added up, and nothing traps beyond")
  func extremeCharges() {
    var books = Conservation()
    let most = Conservation.mostCredits
    books.issue(charge(of: most))
    #expect(!books.isOverpaid && books.moved == most)
    books.issue(charge(of: Credits(micro: 1)))
    #expect(books.isOverpaid)
    books.issue(charge(of: .most))
    #expect(books.moved == .most)
  }

  private func charge(of amount: Credits) -> MonetizationEvent {
    MonetizationEvent(
      account: 0, ordinal: 1, layer: 0, owner: 0, sequence: 1, at: .zero, due: .zero, units: 1,
      amount: amount)
  }
}
