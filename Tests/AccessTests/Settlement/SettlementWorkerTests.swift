import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct SettlementWorkerTests {
  private typealias Kill = SmallSettlement.Kill

  /// All orders of four things.
  private static let orders: [[Int]] = {
    func orders(_ rest: [Int]) -> [[Int]] {
      if rest.isEmpty { return [[]] }
      return rest.flatMap { first in
        orders(rest.filter { $0 != first }).map { [first] + $0 }
      }
    }
    return orders([0, 1, 2, 3])
  }()

  /// Every kill at one of the first deliveries.
  private static func kills(upTo deliveries: Int) -> [Kill] {
    (0..<deliveries).flatMap { delivery in
      SettlementWorker.Step.allCases.map { Kill(delivery: delivery, step: $0) }
    }
  }

  private func settle(
    _ kills: [Kill], order: [Int], forgetsKeys: Bool = false
  ) -> (
    outcome: SmallSettlement.Outcome, deliveries: Int, found: LedgerDiscrepancy?
  ) {
    var settlement = SmallSettlement(kills: kills, forgetsKeys: forgetsKeys)
    let outcome = settlement.run(order: order)
    return (
      outcome, settlement.deliveries, LedgerAudit.firstDiscrepancy(in: settlement.events)
    )
  }

  @Test("undisturbed, four charges take eight deliveries, and one overshoot is refunded")
  func undisturbed() {
    let (outcome, deliveries, found) = settle([], order: [0, 1, 2, 3])
    #expect(deliveries == 8)
    #expect(found == nil)
    // 5 shared credits: the first use takes 4 of them; the balance is checked and not reserved, so
    // that 5 units of the second use and all of the third are charged to it as well.
    #expect(outcome.balances == [0, 9, 5].map { Credits(micro: $0 * 1_000_000) })
    #expect(
      outcome.updates[0] == [
        "initial 0/0 5000000", "debit 0/1 -4000000", "debit 1/1 -5000000",
        "overshootRefund 1/1 4000000", "debit 0/2 -3000000", "overshootRefund 0/2 3000000",
      ])
    #expect(outcome.updates[2] == ["initial 1/0 9000000", "debit 1/1 -4000000"])
  }

  @Test("killing and replaying a worker at every step, in every order, changes nothing")
  func everyKill() {
    let expected = settle([], order: [0, 1, 2, 3]).outcome
    var settled = 0
    for order in Self.orders {
      for kill in Self.kills(upTo: 12) {
        let (outcome, _, found) = settle([kill], order: order)
        #expect(outcome == expected, "\(kill), order \(order)")
        #expect(found == nil, "\(kill), order \(order): \(found?.description ?? "")")
        settled += 1
      }
    }
    #expect(settled == 24 * 36)
  }

  @Test("nor does killing it twice", arguments: [[0, 1, 2, 3], [3, 2, 1, 0]])
  func everyPairOfKills(_ order: [Int]) {
    let expected = settle([], order: [0, 1, 2, 3]).outcome
    let kills = Self.kills(upTo: 14)
    for first in kills {
      for second in kills where second.delivery > first.delivery {
        let (outcome, _, found) = settle([first, second], order: order)
        #expect(outcome == expected && found == nil, "\(first), \(second)")
      }
    }
  }

  @Test("without idempotency keys, a kill between the record and its acknowledgement charges twice")
  func withoutKeys() {
    let expected = settle([], order: [0, 1, 2, 3]).outcome
    for kill in Self.kills(upTo: 8) {
      let (outcome, _, found) = settle([kill], order: [0, 1, 2, 3], forgetsKeys: true)
      let isHarmful = kill.step == .recorded
      #expect((outcome != expected) == isHarmful, "\(kill)")
      #expect((found != nil) == isHarmful, "\(kill)")
    }
  }

  @Test("a delivery before its turn waits for it; a second one of a recorded charge is dropped")
  func orderAndDuplicates() {
    var test = TestStack(
      PrepaidCredits(
        price: PriceList(Price(credits: 1)), initial: Credits(micro: 50_000_000)))
    test.stack.handsOverCharges = true
    for _ in 0..<3 {
      let request = test.request(2)
      let decision = test.stack.decide(request, at: .zero, .none)
      _ = test.stack.settle(
        decision, of: request, actual: 2, decidedAt: .zero, at: .zero, .none)
    }
    var charges: [MonetizationEvent] = []
    test.stack.takeCharges { charges.append($0) }
    var worker = SettlementWorker(.pricing)
    worker.receive(charges[2], receipt: 2, with: &test.stack, at: .zero)
    worker.receive(charges[1], receipt: 1, with: &test.stack, at: .zero)
    worker.receive(charges[2], receipt: 3, with: &test.stack, at: .zero)
    #expect(worker.acknowledged.isEmpty)
    #expect(worker.early == 3)
    worker.receive(charges[0], receipt: 0, with: &test.stack, at: .zero)
    #expect(worker.recorded == [0, 1, 3] || worker.recorded == [0, 1, 2])
    #expect(Set(worker.acknowledged) == [0, 1, 2, 3])
    #expect(worker.duplicates == 1)
    worker.clearWork()
    worker.receive(charges[1], receipt: 4, with: &test.stack, at: .zero)
    #expect(worker.recorded.isEmpty && worker.acknowledged == [4])
    #expect(worker.duplicates == 2)
  }
}
