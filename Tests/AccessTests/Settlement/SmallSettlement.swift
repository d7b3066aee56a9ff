import WeirKernel

@testable import WeirAccess

/// A few uses that are charged to two funds, one of them shared, and a queue that delivers the
/// charges until they are acknowledged: small enough to kill its workers at every step.
struct SmallSettlement {
  /// A worker dies at the delivery of that number, from 0, after that step.
  struct Kill: Hashable {
    var delivery: Int
    var step: SettlementWorker.Step
  }

  /// What a settlement comes to, whenever it happened.
  struct Outcome: Hashable {
    var balances: [Credits]
    var charged: [[String]]
    var updates: [[String]]
  }

  private(set) var events: [LedgerEvent] = []
  /// The deliveries made.
  private(set) var deliveries = 0
  private var stack: Stack
  private var pricing = SettlementWorker(.pricing)
  private var debiting = SettlementWorker(.debiting)
  private var messages: [(charge: MonetizationEvent, stage: SettlementStage, isDone: Bool)] = []
  private let kills: [Kill]
  private let forgetsKeys: Bool

  /// Three uses of two accounts of one organisation, of which the second overshoots the shared
  /// balance: four charges.
  init(kills: [Kill], forgetsKeys: Bool = false) {
    self.kills = kills
    self.forgetsKeys = forgetsKeys
    let directory = Directory(
      planOfAccount: [0, 0], organisationOfAccount: [0, 0], plans: [Plan(name: "default")])
    var test = TestStack(
      PrepaidCredits(
        price: PriceList(Price(credits: 1)), initial: Credits(micro: 5_000_000),
        wholeRemainder: false, owner: .organisation),
      PrepaidCredits(
        price: PriceList(Price(credits: 2)), initial: Credits(micro: 9_000_000)),
      for: directory)
    test.stack.handsOverCharges = true
    for (cost, account) in [(4, 0), (7, 1), (3, 0)] as [(Int64, UInt32)] {
      let request = test.request(cost, account: account)
      let decision = test.stack.decide(request, at: .zero, .none)
      _ = test.stack.settle(
        decision, of: request, actual: request.cost, decidedAt: .zero, at: .zero, .none)
    }
    stack = test.stack
  }

  /// Delivers everything until it is acknowledged, the charges in the given order of their places.
  mutating func run(order: [Int]) -> Outcome {
    stack.takeJournal { events.append($0) }
    var charges: [MonetizationEvent] = []
    stack.takeCharges { charges.append($0) }
    messages = order.map { (charges[$0], .pricing, false) }
    while let round = rest {
      for message in round where !messages[message].isDone { deliver(message) }
      precondition(deliveries < 1000, "the settlement does not come to an end")
    }
    return outcome
  }

  /// The messages that are not acknowledged; `nil` when all are.
  private var rest: [Int]? {
    let rest = messages.indices.filter { !messages[$0].isDone }
    return rest.isEmpty ? nil : rest
  }

  private mutating func deliver(_ place: Int) {
    let death = kills.first { $0.delivery == deliveries }?.step
    let now = SimTime.second(Int64(deliveries))
    let (charge, stage, _) = messages[place]
    deliveries += 1
    if forgetsKeys { forgetKey(of: charge, stage) }
    switch stage {
    case .pricing:
      pricing.receive(
        charge, receipt: UInt32(place), with: &stack, at: now, dyingAfter: death)
      for receipt in pricing.recorded {
        messages.append((messages[Int(receipt)].charge, .debiting, false))
      }
      acknowledge(pricing.acknowledged)
      pricing.clearWork()
    case .debiting:
      debiting.receive(
        charge, receipt: UInt32(place), with: &stack, at: now, dyingAfter: death)
      acknowledge(debiting.acknowledged)
      debiting.clearWork()
    }
    stack.takeJournal { events.append($0) }
  }

  private mutating func acknowledge(_ receipts: [UInt32]) {
    for receipt in receipts { messages[Int(receipt)].isDone = true }
  }

  /// Makes the ledger believe that it never recorded a charge, as one without keys would.
  private mutating func forgetKey(of charge: MonetizationEvent, _ stage: SettlementStage) {
    guard stack.standing(of: charge, at: stage) == .recorded else { return }
    for line in stack.ledger.lines.indices where stack.ledger.lines[line].layer == charge.layer {
      switch stage {
      case .pricing: stack.ledger.lines[line].priced[Int(charge.owner)] = charge.sequence - 1
      case .debiting: stack.ledger.lines[line].applied[Int(charge.owner)] = charge.sequence - 1
      }
    }
  }

  private var outcome: Outcome {
    let balances = [
      stack.fund(0).balance(of: 0), stack.fund(1).balance(of: 0),
      stack.fund(1).balance(of: 1),
    ]
    // By balance: the order between balances is that of the deliveries.
    let owners: [(UInt8, OwnerIndex)] = [(0, 0), (1, 0), (1, 1)]
    return Outcome(
      balances: balances,
      charged: owners.map { layer, owner in
        events.compactMap { event in
          guard case .monetization(let charge) = event, charge.layer == layer,
            charge.owner == owner
          else { return nil }
          return "\(charge.account)/\(charge.ordinal) \(charge.sequence) \(charge.amount.micro)"
        }
      },
      updates: owners.map { layer, owner in
        events.compactMap { event in
          guard case .balanceUpdate(let update) = event, update.layer == layer,
            update.owner == owner
          else { return nil }
          return "\(update.kind) \(update.account)/\(update.ordinal) \(update.amount.micro)"
        }
      })
  }
}
