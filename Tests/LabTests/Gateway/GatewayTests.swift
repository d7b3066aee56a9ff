import Dispatch
import Foundation
import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

/// The policy that was studied is the policy that can be shipped.
@Suite struct GatewayTests {
  private static let accounts = 6

  /// A policy as its scenario has it.
  ///
  /// However slow the machine is, every layer pays: the window is used up, the bucket never holds a
  /// whole request, and credits run out.
  private static let layers = """
    [
      {"type": "behaviourLadder", "interval": "20ms", "forgiveAfter": "30ms", "slowTo": "2ms",
        "detector": {"type": "ceiling", "above": 12}},
      {"type": "concurrency", "limit": 3},
      {"type": "fixedWindow", "name": "window", "limit": 40, "per": "10m"},
      {"type": "tokenBucket", "name": "bucket", "capacity": 2, "refill": 2, "per": "1ms"},
      {"type": "credits", "name": "credits", "price": 0.1, "settlementLag": "3ms"}
    ]
    """

  /// The scenario in which the recorded sequence is replayed: a fleet that nobody waits for.
  private static func scenario(_ layers: String) -> String {
    """
    {
      "name": "replay", "horizon": "10m", "initial": "fresh", "replications": 1,
      "products": { "requests": {"meter": {"request": 1, "output": 1}, "assumedOutput": 2} },
      "populations": [ {
        "name": "callers", "accounts": \(accounts), "balance": 8,
        "workload": {
          "type": "trace", "product": "requests", "file": "sequence.csv", "format": {"type": "weir"}
        }
      } ],
      "fleet": [ {"name": "servers", "servers": 1000} ],
      "policies": [ {"name": "shipped", "layers": \(layers)} ]
    }
    """
  }

  private static func study(_ layers: String, sequence: String) throws -> Study {
    let texts = ["s.json": scenario(layers), "sequence.csv": sequence]
    do {
      return Study(try ScenarioFile("s.json", reader: .texts(texts)))
    } catch {
      Issue.record("\(error)")
      throw error
    }
  }

  private static func named(_ layers: String) throws -> (layers: [NamedLayer], Directory) {
    let study = try study(layers, sequence: "account,time_ns,work_ns\n0,0,1\n")
    return (study.scenario.policies[0].layers, study.scenario.setting.directory)
  }

  /// Callers on several threads, each with its own mind, in real time.
  private static func serve(_ layers: String) throws -> (
    steps: [Gateway.Step], ledger: [LedgerEvent]
  ) {
    let (named, directory) = try named(layers)
    let gateway = Gateway(named, for: directory, balance: Credits(micro: 8_000_000))
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      var samples = SampleKey(seed: UInt64(thread)).samples(Purpose(rawValue: 0))
      var open: [Gateway.Ticket] = []
      for _ in 0..<150 {
        // Account 0 asks more than the others, so that it stands out.
        let account = AccountIndex(max(0, Int(samples.next() % 9) - 3))
        let ticket = gateway.ask(account, cost: 3)
        if ticket.decision.outcome != .deny { open.append(ticket) }
        usleep(UInt32(samples.next() % 150))
        if !open.isEmpty, samples.next() % 3 > 0 {
          let ticket = open.remove(at: Int(samples.next() % UInt64(open.count)))
          gateway.finish(ticket, actual: Units(1 + Int64(samples.next() % 6)))
        }
      }
      for ticket in open { gateway.finish(ticket, actual: 1) }
    }
    return gateway.close()
  }

  @Test("what threads were told in real time is what a simulated run of the sequence tells")
  func simulated() throws {
    let (steps, ledger) = try Self.serve(Self.layers)
    let study = try Self.study(Self.layers, sequence: Self.sequence(of: steps))
    let result = StudyRunner.result(of: 0, in: study, keeping: EventKeeping(events: true))
    #expect(result.broken.isEmpty)
    let log = try #require(result.events)
    let asked = steps.compactMap { step -> (Request, Decision, SimTime)? in
      if case .asked(let request, let decision, let time) = step {
        (request, decision, time)
      } else {
        nil
      }
    }
    try #require(asked.count == 600 && log.decisions.count == 600)
    for (index, (mine, record)) in zip(asked, log.decisions).enumerated() {
      let (request, decision, time) = mine
      #expect(log.intents[record.intent].account == request.account)
      #expect(record.at == time && record.ordinal == request.ordinal)
      let isSame =
        record.outcome == decision.outcome && record.granted == decision.granted
        && record.refusal == decision.refusal && record.refusedBy == decision.refusedBy
        && log.shares(ofDecision: index).elementsEqual(
          log.payers.indices.map { decision.shares[$0] })
      #expect(isSame, "request \(index): \(decision) is not \(record)")
    }
    #expect(log.ledger == ledger)
    // All that a policy can say was said: the comparison is not of admissions alone.
    #expect(Set(asked.map(\.1.outcome)) == [.admit, .deny])
    let paid = asked.reduce(into: [0, 0, 0]) { sums, entry in
      for payer in sums.indices { sums[payer] += Int(entry.1.shares[payer].count) }
    }
    #expect(paid.allSatisfy { $0 > 0 }, "\(paid)")
  }

  @Test("a policy with random decisions tells the same when its sequence is replayed")
  func replayed() throws {
    let layers =
      #"[{"type": "sreThrottle", "window": "1s", "factor": 1.1}, "#
      + Self.layers.dropFirst()
    let (steps, _) = try Self.serve(String(layers))
    let (named, directory) = try Self.named(String(layers))
    var stack = Stack(named, for: directory)
    for account in directory.planOfAccount.indices {
      let start = directory.start(
        of: AccountIndex(account), balance: Credits(micro: 8_000_000))
      stack.open(AccountIndex(account), plan: 0, with: start)
    }
    var tickets: [[UInt32]: (Decision, SimTime)] = [:]
    for step in steps {
      switch step {
      case .asked(let request, let decision, let now):
        stack.advance(to: now)
        let again = stack.decide(request, at: now, .none)
        let isSame = again.outcome == decision.outcome && again.refusal == decision.refusal
        #expect(isSame && again.refusedBy == decision.refusedBy)
        tickets[[request.account, request.ordinal]] = (again, now)
        if again.outcome != .deny {
          stack.observe(.started(waited: .zero), of: request, at: now)
        }
      case .finished(let request, let actual, let now):
        stack.advance(to: now)
        let (decision, at) = try #require(tickets[[request.account, request.ordinal]])
        _ = stack.settle(decision, of: request, actual: actual, decidedAt: at, at: now, .none)
        stack.observe(.completed(actual: actual, latency: now - at), of: request, at: now)
      }
    }
  }

  /// The sequence as a trace: each request with the time that it took and what it came to.
  private static func sequence(of steps: [Gateway.Step]) -> String {
    var ends: [[UInt32]: (actual: Units, at: SimTime)] = [:]
    for case .finished(let request, let actual, let time) in steps {
      ends[[request.account, request.ordinal]] = (actual, time)
    }
    var text = "account,time_ns,work_ns,output_tokens\n"
    for case .asked(let request, _, let time) in steps {
      let end = ends[[request.account, request.ordinal]]
      let work = end.map { ($0.at - time).nanoseconds } ?? 1
      let output = (end?.actual.count ?? 1) - 1
      text += "\(request.account),\(time.nanoseconds),\(work),\(output)\n"
    }
    return text
  }

  @Test("the page on shipping a policy shows this gateway, which knows the access module alone")
  func page() throws {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let code = try String(
      contentsOf: here.appendingPathComponent("Gateway.swift"), encoding: .utf8)
    let page = try String(
      contentsOf: here.appendingPathComponent("../../../Sources/Weir.docc/ShipThePolicy.md")
        .standardized, encoding: .utf8)
    #expect(page.contains("```swift\n\(code)```"))
    let imports = code.split(separator: "\n").filter { $0.hasPrefix("import ") }
    #expect(imports == ["import Synchronization", "import WeirAccess", "import WeirKernel"])
  }
}
