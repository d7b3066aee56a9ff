import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

@Suite struct SettlementFaultsTests {
  static let funds = """
    [
      {"type": "credits", "name": "shared", "price": 0.2, "owner": "organisation",
        "settlementLag": "1s", "wholeRemainder": false, "acceptsPurchases": false},
      {"type": "credits", "name": "own", "price": 0.3, "settlementLag": "2s"}
    ]
    """

  /// All faults at once, none of them rare.
  static let all = """
    {"lag": {"type": "exponential", "mean": "2s"}, "duplicates": 0.3, "reordering": 0.3,
      "heldUpFor": "8s", "loss": 0.3, "redeliverAfter": "5s", "crashEvery": "4s",
      "restart": {"type": "uniform", "low": "0s", "high": "3s"}}
    """

  private func scenario(_ faults: String?, layers: String = funds) throws -> TestScenario {
    let text = BusyWorld.text([layers])
    guard let faults else { return try TestScenario.read(text) }
    return try TestScenario.read(
      text.replacing(#""drain": "5m","#, with: #""drain": "5m", "settlement": \#(faults),"#))
  }

  /// The run with every event.
  private func run(_ scenario: TestScenario, seed: UInt64 = 1) -> RunResult {
    var world = World(
      scenario.setting, scenario.policies[0], replication: SampleKey(seed: seed),
      keeping: EventKeeping(events: true))
    return world.run()
  }

  @Test("under all faults at once nothing is lost and nothing is debited twice", arguments: 1...8)
  func everythingAtOnce(_ seed: UInt64) throws {
    let result = run(try scenario(Self.all), seed: seed)
    #expect(result.broken == [])
    let ledger = try #require(result.events?.ledger)
    #expect(LedgerAudit.firstDiscrepancy(in: ledger) == nil)
    let tally = try #require(result.settlement)
    let charges = ledger.count { if case .monetization = $0 { true } else { false } }
    let debits = ledger.count {
      if case .balanceUpdate(let update) = $0 { update.kind == .debit } else { false }
    }
    #expect(charges == Int(tally.charges) && debits == Int(tally.charges))
    #expect(tally.charges > 50 && tally.priced == tally.charges && tally.debited == tally.charges)
    for count in [
      tally.lost, tally.doubled, tally.heldUp, tally.redeliveries, tally.early,
      tally.duplicatesDropped, tally.crashes,
    ] { #expect(count > 0, "\(tally)") }
    #expect(tally.deliveries == 2 * tally.charges + tally.redeliveries)
    #expect(result.metrics[.refundedOvershoot] ?? 0 > 0, "a run without an overshoot shows little")
  }

  @Test("a settlement without faults is the settlement that declares none")
  func noFaults() throws {
    let plain = run(try scenario(nil))
    let delivered = run(try scenario("{}"))
    #expect(plain.metrics == delivered.metrics)
    #expect(plain.populations == delivered.populations)
    #expect(plain.timeline == delivered.timeline)
    #expect(plain.settlement == nil)
    let tally = try #require(delivered.settlement)
    #expect(tally.deliveries == 2 * tally.charges)
    #expect(tally.lost + tally.doubled + tally.redeliveries + tally.early + tally.crashes == 0)
    func updates(_ result: RunResult) -> [LedgerEvent] {
      result.events?.ledger.filter { if case .balanceUpdate = $0 { true } else { false } } ?? []
    }
    #expect(updates(plain) == updates(delivered))
  }

  @Test("a constant lag is that of the fund and of both deliveries")
  func constantLag() throws {
    let layers = #"[{"type": "credits", "name": "own", "price": 0.3, "settlementLag": "2s"}]"#
    let tally = try #require(run(try scenario(#"{"lag": "3s"}"#, layers: layers)).settlement)
    #expect(tally.lag.minimum == 8_000_000_000)
    #expect(tally.lag.maximum == 8_000_000_000)
  }

  @Test("what is lost comes again so long after it was sent")
  func redelivery() throws {
    let layers = #"[{"type": "credits", "name": "own", "price": 0.3}]"#
    let result = run(
      try scenario(#"{"loss": 0.5, "redeliverAfter": "7s"}"#, layers: layers))
    let tally = try #require(result.settlement)
    // What waits for a charge that was lost is delivered again as well.
    #expect(tally.redeliveries >= tally.lost && tally.lost > 0)
    #expect(tally.lag.minimum == 0)
    // Every debit comes a whole number of seven seconds after a use of the same balance.
    var uses: [UInt32: Set<Int64>] = [:]
    for event in result.events?.ledger ?? [] {
      switch event {
      case .monetization(let charge):
        uses[charge.owner, default: []].insert(charge.at.nanoseconds % 7_000_000_000)
      case .balanceUpdate(let update) where update.kind == .debit:
        #expect(uses[update.owner]?.contains(update.at.nanoseconds % 7_000_000_000) == true)
      default: break
      }
    }
    // Half of the deliveries are lost, to within four standard deviations.
    let deliveries = Double(tally.deliveries)
    #expect(abs(Double(tally.lost) - deliveries / 2) < 4 * (deliveries / 4).squareRoot())
  }

  @Test("faults are common random numbers: what befalls a charge does not depend on other faults")
  func common() throws {
    let key = SampleKey(seed: 9)
    let charge = MonetizationEvent(
      account: 1, ordinal: 2, layer: 3, owner: 1, sequence: 1, at: .zero, due: .distantFuture,
      units: 1, amount: Credits(micro: 1))
    let message = Message(charge: charge, stage: .pricing, key: key)
    func fate(_ faults: String) throws -> DeliveryFate {
      DeliveryFate(of: message, try #require(try scenario(faults).setting.settlement))
    }
    let lag = #""lag": {"type": "exponential", "mean": "2s"}"#
    let plain = try fate("{\(lag)}")
    let doubled = try fate("{\(lag), \"duplicates\": 1}")
    let heldUp = try fate("{\(lag), \"duplicates\": 1, \"reordering\": 1, \"heldUpFor\": \"9s\"}")
    #expect(plain.lag == doubled.lag && plain.lag > .zero)
    #expect(heldUp.lag == plain.lag + .seconds(9))
    #expect(heldUp.lagOfDouble == doubled.lagOfDouble && doubled.lagOfDouble != nil)
    #expect(try fate(#"{"loss": 0.99}"#).isLost)
  }

  @Test("faults that cannot be are refused at their place")
  func refused() throws {
    let faults = """
      {"loss": 1, "duplicates": 1.5, "lagg": "2s", "crashEvery": "0s", "redeliverAfter": "x"}
      """
    let text = BusyWorld.text([Self.funds]).replacing(
      #""drain": "5m","#, with: #""drain": "5m", "settlement": \#(faults),"#)
    let issues = try TestScenario.issues(text)
    for (place, words) in [
      ("/settlement/loss", "0.99"), ("/settlement/duplicates", "1"),
      ("/settlement/lagg", "\"lag\""), ("/settlement/crashEvery", "1ms"),
      ("/settlement/redeliverAfter", ""),
    ] {
      #expect(
        issues.contains { $0.contains(place) && $0.contains(words) }, "\(place) in \(issues)")
    }
    #expect(issues.count == 5)
  }
}
