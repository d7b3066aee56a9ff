import WeirKernel

@testable import WeirSimulation

/// A minute of a world in which everything happens that a stack can meet.
///
/// An organisation shares balances and loses patience; single accounts retry and buy; outputs are
/// longer than assumed; the queue is short.
enum BusyWorld {
  /// The scenario with policies of these layers, each a list in JSON; the name is the index.
  static func text(_ policies: [String]) -> String {
    """
    {
      "horizon": "1m", "warmup": "10s", "drain": "5m",
      "products": { "chat": { "meter": {"request": 1, "output": 0.5}, "assumedOutput": 2 } },
      "plans": {
        "free": {"priority": 1, "allowances": [ {"limit": 9, "per": "20s"} ]},
        "plus": {"allowances": [ {"limit": 20, "per": "20s"}, {"limit": 40, "per": "1m"} ]}
      },
      "populations": [
        {
          "name": "team", "accounts": 4, "organisation": "acme", "balance": 9, "plan": "plus",
          "workload": {
            "type": "openLoop", "product": "chat", "service": {"type": "exponential", "mean": "1s"},
            "interarrival": {"type": "exponential", "mean": "3s"},
            "output": {"type": "uniform", "low": 0, "high": 12}
          },
          "behaviour": {
            "patience": {"type": "exponential", "mean": "3s"},
            "whenRefused": {"type": "hammer", "every": {"type": "exponential", "mean": "2s"}}
          }
        },
        {
          "name": "single", "accounts": 4, "balance": 5, "plan": "free",
          "workload": {
            "type": "openLoop", "product": "chat", "service": "500ms",
            "interarrival": {"type": "exponential", "mean": "2s"},
            "output": {"type": "uniform", "low": 0, "high": 8}
          },
          "behaviour": {
            "whenRefused": {"type": "exponential", "maxAttempts": 4},
            "purchasing": {"pack": 6, "propensity": 0.5, "checkout": "1s"}
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 3, "queueLimit": 3} ],
      "policies": [
        \(policies.enumerated().map { #"{"name": "\#($0)", "layers": \#($1)}"# }
          .joined(separator: ",\n"))
      ]
    }
    """
  }

  /// A window, then credits that debit late.
  static let waterfall = """
    [
      {"type": "fixedWindow", "name": "window", "limit": 6, "per": "20s"},
      {
        "type": "credits", "name": "own", "price": 0.3, "settlementLag": "2s",
        "wholeRemainder": false
      }
    ]
    """

  /// The world of one policy, before it runs.
  static func world(
    _ layers: String = waterfall, seed: UInt64 = 1, keepsEvents: Bool = false,
    changing change: (inout Policy) -> Void = { _ in }
  ) throws -> World {
    let scenario = try TestScenario.read(text([layers]))
    var policy = scenario.policies[0]
    change(&policy)
    return World(
      scenario.setting, policy, replication: SampleKey(seed: seed),
      keeping: EventKeeping(events: keepsEvents))
  }
}
