import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

/// What is sampled has an address in which no policy occurs (design, section 4).
///
/// So everything that two policies both reach is the same under both, to the last bit: an open loop
/// that loses patience, closed loops of sessions that retry, and video jobs of a flash crowd.
@Suite("Common random numbers")
struct CommonRandomNumbersTests {
  /// Policies under which very different things become of the same demand.
  static let policies: [(name: String, text: String)] = [
    ("open", #""layers": []"#),
    (
      "hard stop",
      #"""
      "layers": [ {"type": "fixedWindow", "name": "window", "limit": 200, "per": "5m"} ]
      """#
    ),
    (
      "waterfall",
      #"""
      "layers": [
        {"type": "slidingLog", "name": "log", "limit": 100, "per": "10m"},
        {"type": "credits", "name": "own", "price": 1, "settlementLag": "10s"}
      ]
      """#
    ),
    (
      "load control",
      #"""
      "scheduler": "priority",
      "layers": [
        {"type": "aimd", "initial": 8, "minimum": 4, "maximum": 30, "target": "5s", "retryAfter": "5s"},
        {"type": "tokenBucket", "name": "bucket", "capacity": 300, "refill": 200, "per": "10m"}
      ]
      """#
    ),
  ]

  /// Two hours of three kinds of demand; `before` are populations that stand before them.
  static func text(policy: String, before: String = "") -> String {
    """
    {
      "horizon": "2h", "drain": "1h",
      "products": {
        "chat": {"meter": {"request": 1}},
        "codex": {"meter": {"input": 0.001, "cachedInput": 0.0001, "output": 0.006}},
        "sora": {"meter": {"second": 0.2}}
      },
      "plans": {"plus": {"priority": 1}, "pro": {}},
      "populations": [
        \(before)
        {
          "name": "impatient", "accounts": 4, "plan": "pro",
          "workload": {
            "type": "openLoop", "product": "chat", "interarrival": {"type": "exponential", "mean": "40s"},
            "service": {"type": "exponential", "mean": "20s"}
          },
          "behaviour": {
            "whenRefused": {"type": "leave"}, "patience": {"type": "exponential", "mean": "10s"}
          }
        },
        {
          "name": "coders", "accounts": 30, "plan": "plus", "balance": 50, "weight": 30,
          "workload": {"type": "codex"},
          "behaviour": {
            "whenRefused": {"type": "exponential", "maxAttempts": 5}, "patience": "5m",
            "purchasing": {"pack": 50, "propensity": 0.5}
          }
        },
        {
          "name": "makers", "accounts": 6, "plan": "plus", "balance": 5, "weight": 6,
          "workload": {"type": "sora"},
          "behaviour": {
            "whenRefused": {"type": "hammer", "every": {"type": "exponential", "mean": "30s"}, "maxAttempts": 9}
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 4, "queueLimit": 20} ],
      "policies": [ {"name": "studied", \(policy)} ]
    }
    """
  }

  /// Where an intent stands in the tree of samples: its account counted within its population.
  struct Address: Hashable {
    let population: String
    let account: UInt32
    let session: UInt32
    let turn: UInt32
    let call: UInt32
  }

  /// The intents of a run by address.
  static func intents(_ text: String, seed: UInt64) throws -> [Address: IntentRecord] {
    let scenario = try TestScenario.read(text)
    let result = scenario.run(seed: seed, keepsIntents: true)
    #expect(result.broken == [])
    let populations = scenario.setting.populations
    var firstAccounts: [String: Int64] = [:]
    var accounts: Int64 = 0
    for population in populations {
      firstAccounts[population.name] = accounts
      accounts += population.accounts
    }
    var intents: [Address: IntentRecord] = [:]
    for intent in result.events?.intents ?? [] {
      let population = populations[Int(intent.population)].name
      let address = Address(
        population: population,
        account: UInt32(Int64(intent.account) - (firstAccounts[population] ?? 0)),
        session: intent.session, turn: intent.turn, call: intent.call)
      #expect(intents.updateValue(intent, forKey: address) == nil, "\(address) stands twice")
    }
    return intents
  }

  /// How many of what two runs both reached is there, in each regard.
  struct Shared {
    var intents = 0
    var pauses = 0
    var sessionStarts = 0
    var patiences = 0
  }

  /// Holds two runs against each other, address by address.
  static func compare(
    _ first: [Address: IntentRecord], _ second: [Address: IntentRecord]
  ) -> Shared {
    var shared = Shared()
    for (address, one) in first {
      guard let other = second[address] else { continue }
      shared.intents += 1
      #expect((one.demand == other.demand) as Bool, "\(address)")
      if let pause = one.pause {
        shared.pauses += 1
        #expect(pause == other.pause, "\(address)")
      }
      if address.turn == 0, address.call == 0 {
        shared.sessionStarts += 1
        #expect(one.firstAttemptAt == other.firstAttemptAt, "\(address)")
      }
      // Who leaves at the first refusal and gives up waiting has waited for the sampled patience.
      if address.population == "impatient", one.ending == .abandoned, other.ending == .abandoned,
        let left = one.endedAt, let leftToo = other.endedAt
      {
        shared.patiences += 1
        #expect(left - one.firstAttemptAt == leftToo - other.firstAttemptAt, "\(address)")
      }
    }
    return shared
  }

  @Test("what a policy reaches is what the open world holds there", arguments: 1..<4)
  func policies(_ index: Int) throws {
    let open = try Self.intents(Self.text(policy: Self.policies[0].text), seed: 5)
    let other = try Self.intents(Self.text(policy: Self.policies[index].text), seed: 5)
    let shared = Self.compare(open, other)
    // The comparison is about something: much is shared, and much went differently.
    #expect(shared.intents > 1500)
    #expect(shared.pauses > 1000)
    #expect(shared.sessionStarts > 300)
    #expect(shared.patiences > 100)
    let changed = open.filter { other[$0.key]?.ending != $0.value.ending }
    #expect(changed.count > 400)
  }

  @Test("a population put before the others shifts nobody")
  func insertion() throws {
    let newcomers = """
      {
        "name": "newcomers", "accounts": 7, "plan": "pro",
        "workload": {
          "type": "openLoop", "product": "chat", "service": "5s",
          "interarrival": {"type": "exponential", "mean": "5m"}
        }
      },
      """
    let policy = Self.policies[1].text
    let alone = try Self.intents(Self.text(policy: policy), seed: 9)
    let joined = try Self.intents(Self.text(policy: policy, before: newcomers), seed: 9)
    #expect(joined.keys.contains { $0.population == "newcomers" })
    #expect(Self.compare(alone, joined).intents > 1500)
  }

  @Test("another seed is another world")
  func seeds() throws {
    let policy = Self.policies[0].text
    let one = try Self.intents(Self.text(policy: policy), seed: 5)
    let other = try Self.intents(Self.text(policy: policy), seed: 6)
    let shared = one.filter { other[$0.key] != nil }
    let equal = shared.filter { $0.value.firstAttemptAt == other[$0.key]?.firstAttemptAt }
    #expect(shared.count > 300)
    #expect(equal.count < shared.count / 100)
  }
}
