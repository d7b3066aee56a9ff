import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

@Suite struct AccountStoryTests {
  /// The busy world run with `keeping`.
  private func result(_ keeping: EventKeeping, seed: UInt64 = 1) throws -> RunResult {
    let scenario = try TestScenario.read(BusyWorld.text([BusyWorld.waterfall]))
    var world = World(
      scenario.setting, scenario.policies[0], replication: SampleKey(seed: seed), keeping: keeping)
    return world.run()
  }

  @Test("a story changes nothing that is measured, and keeps nothing else")
  func bystander() throws {
    let plain = try result(EventKeeping())
    let told = try result(EventKeeping(storyOf: 5))
    for metric in Metric.allCases {
      #expect(plain.metrics[metric] == told.metrics[metric], "\(metric.name)")
    }
    #expect(plain.timeline == told.timeline)
    #expect(plain.accounts == told.accounts)
    let log = try #require(told.events)
    #expect(log.intents.isEmpty && log.decisions.isEmpty && log.ledger.isEmpty)
    #expect(plain.events == nil)
  }

  @Test("a story has every decision of its account and nobody else's, in order", arguments: 0..<8)
  func decisions(_ account: AccountIndex) throws {
    let log = try #require(try result(EventKeeping(events: true, storyOf: account)).events)
    let told = try #require(log.story).events
    let own = log.decisions.filter { log.intents[$0.intent].account == account }
    let decisions = told.compactMap { event -> (StoryEvent, StoryDecision)? in
      guard case .decision(let decision) = event.kind else { return nil }
      return (event, decision)
    }
    try #require(decisions.count == own.count && own.count > 5)
    for ((event, decision), record) in zip(decisions, own) {
      #expect(event.at == record.at && event.request == record.ordinal)
      #expect(decision.decision.outcome == record.outcome)
      #expect(decision.decision.refusal == record.refusal)
      #expect(decision.intent.session == log.intents[record.intent].session)
    }
    #expect(zip(told, told.dropFirst()).allSatisfy { $0.at <= $1.at })
  }

  @Test("a story tells of every balance, charge and ending of its account", arguments: 0..<8)
  func money(_ account: AccountIndex) throws {
    let log = try #require(try result(EventKeeping(events: true, storyOf: account)).events)
    let told = try #require(log.story).events
    var expected = (balances: 0, charges: 0)
    for event in log.ledger {
      switch event {
      case .balanceUpdate(let update) where update.account == account: expected.balances += 1
      case .monetization(let charge) where charge.account == account: expected.charges += 1
      default: break
      }
    }
    var found = (balances: 0, charges: 0)
    var endings: [IntentRecord.Ending: Int] = [:]
    for event in told {
      switch event.kind {
      case .balance: found.balances += 1
      case .charge: found.charges += 1
      case .completion: endings[.completed, default: 0] += 1
      case .ending(let ending): endings[ending, default: 0] += 1
      default: break
      }
    }
    #expect(found == expected)
    for ending in IntentRecord.Ending.allCases {
      let count = log.intents.filter { $0.account == account && $0.ending == ending }.count
      #expect(endings[ending, default: 0] == count, "\(ending)")
    }
  }
}
