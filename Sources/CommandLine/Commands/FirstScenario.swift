/// The scenario that `weir init` writes and that the tutorial walks through.
enum FirstScenario {
  static let fileName = "first.json"

  /// What it asks.
  static let question = "Do ten requests an hour leave the fleet idle while people are refused?"

  static let text = """
    {
      "$schema": "weir.schema.json",
      "name": "first",
      "description": "\(question)",
      "seed": "1", "replications": 10, "horizon": "12h", "warmup": "1h",
      "populations": [ {
        "name": "users", "accounts": 100,
        "weight": {"type": "lognormal", "median": 0.43, "sigma": 1.3},
        "workload": {
          "type": "openLoop",
          "interarrival": {"type": "exponential", "mean": "10m"},
          "service": {"type": "lognormal", "median": "30s", "sigma": 1}
        },
        "behaviour": {"whenRefused": {"type": "honourHint", "giveUpAfter": "30m"}}
      } ],
      "fleet": [ {"name": "gpus", "servers": 14} ],
      "policies": [
        {"name": "hourly", "layers": [ {"type": "fixedWindow", "limit": 10, "per": "1h"} ]},
        {"name": "bucket", "layers": [ {"type": "tokenBucket", "capacity": 10, "refill": 10, "per": "1h"} ]},
        {"name": "open"}
      ],
      "primaryMetric": "served_share"
    }

    """
}
