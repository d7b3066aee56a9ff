import Testing
import WeirAccess
import WeirFormats

@testable import WeirSimulation

/// Every layer of the catalogue in a busy world, by itself and before credits.
@Suite struct CatalogueInvariantTests {
  @Test("a run keeps every invariant under every layer", arguments: layers)
  func invariants(_ layer: String) throws {
    let credits = #"{"type": "credits", "name": "last", "price": 0.2, "settlementLag": "3s"}"#
    let scenario = try TestScenario.read(
      BusyWorld.text(["[\(layer)]", "[\(layer), \(credits)]"]))
    for policy in scenario.policies.indices {
      let result = scenario.run(policy: policy)
      #expect(result.broken == [], "policy \(policy)")
      #expect((result.metrics[.attempts] ?? 0) > 100)
    }
  }

  @Test("the layers cover the catalogue")
  func coverage() throws {
    let scenario = try TestScenario.read(BusyWorld.text(Self.layers.map { "[\($0)]" }))
    let covered = Set(scenario.policies.map { type(of: $0.layers[0].layer).typeName })
    #expect(covered == Set(Catalogue.layers.variants.map(\.name)))
  }

  static let layers: [String] = [
    #"{"type": "planAllowance"}"#,
    #"{"type": "fixedWindow", "limit": 9, "per": "10s"}"#,
    #"{"type": "fixedWindow", "limit": 30, "per": "10s", "as": "gate", "by": "everyone"}"#,
    #"{"type": "fixedWindow", "limit": 9, "per": "10s", "countsRefused": true}"#,
    #"{"type": "fixedWindow", "limit": 9, "per": "10s", "overshoots": true}"#,
    #"{"type": "slidingLog", "limit": 9, "per": "10s"}"#,
    #"{"type": "slidingCounter", "limit": 9, "per": "10s"}"#,
    #"{"type": "slidingCounter", "limit": 9, "per": "10s", "overshoots": true, "as": "gate"}"#,
    #"{"type": "tokenBucket", "capacity": 9, "refill": 1, "per": "2s"}"#,
    #"{"type": "tokenBucket", "capacity": 9, "refill": 5, "per": "9s", "refills": "intervally"}"#,
    #"{"type": "tokenBucket", "capacity": 9, "refill": 1, "per": "2s", "holdUpTo": "5s"}"#,
    #"{"type": "burstStore", "rate": 7, "per": "10s", "keeps": "20s", "borrows": "5s"}"#,
    #"{"type": "gcra", "rate": 7, "per": "10s", "burst": 12}"#,
    #"{"type": "gcra", "rate": 7, "per": "10s", "burst": 12, "holdUpTo": "4s"}"#,
    #"{"type": "leakyBucket", "capacity": 12, "leak": 7, "per": "10s"}"#,
    #"{"type": "leakyBucket", "capacity": 12, "leak": 7, "per": "10s", "mode": "queue"}"#,
    #"{"type": "pacer", "rate": 7, "per": "10s", "slack": 5, "holdUpTo": "5s"}"#,
    #"{"type": "pacer", "rate": {"plus": 9, "free": 5}, "per": "5s", "as": "allowance"}"#,
    #"{"type": "cycles", "limit": 9, "per": "10s"}"#,
    #"{"type": "cycles", "limit": 9, "per": "5s", "holdUpTo": "12s"}"#,
    #"{"type": "concurrency", "limit": 1}"#,
    #"{"type": "concurrency", "limit": 2, "lease": "500ms", "by": "everyone"}"#,
    #"""
    {"type": "allOf", "limits": [{"type": "fixedWindow", "limit": 9, "per": "10s"},
      {"type": "gcra", "rate": 12, "per": "9s"}]}
    """#,
    #"""
    {"type": "allOf", "as": "gate", "limits": [{"type": "concurrency", "limit": 2, "lease": "1s"},
      {"type": "slidingLog", "limit": 20, "per": "10s"}]}
    """#,
    #"""
    {"type": "bankedResets", "initial": 2, "every": "20s",
      "limit": {"type": "fixedWindow", "limit": 9, "per": "30s"}}
    """#,
    #"{"type": "turnGrace"}"#,
    #"{"type": "postPaid", "limit": {"type": "slidingLog", "limit": 9, "per": "10s"}}"#,
    #"{"type": "postPaid", "as": "gate", "limit": {"type": "gcra", "rate": 9, "per": "10s"}}"#,
    #"""
    {"type": "peakHours", "factor": 1.5, "limit": {"type": "tokenBucket", "capacity": 20,
      "refill": 7, "per": "10s"}, "peaks": [{"from": "20s", "until": "90s"}]}
    """#,
    #"{"type": "aimd", "initial": 3, "target": "1s"}"#,
    #"{"type": "vegas", "initial": 3, "probe": 1}"#,
    #"{"type": "gradient2", "initial": 2, "minimum": 2, "window": "1s", "windowRequests": 1}"#,
    #"{"type": "envoyGradient", "measureRequests": 2, "measureEvery": "9s"}"#,
    #"{"type": "sreThrottle", "window": "9s", "factor": 1.1}"#,
    #"{"type": "admissionControl", "window": "9s", "aggression": 2, "mostRejected": 1}"#,
    #"{"type": "bbr", "window": "9s", "buckets": 4, "utilisation": 0.3}"#,
    #"{"type": "dagor", "window": "3s", "down": 0.5, "target": "1s"}"#,
    #"{"type": "levelShedding", "levels": [{"plans": ["free"]}, {}], "steps": 2}"#,
    #"{"type": "shares", "limit": 3, "weights": {"plus": 1}, "others": 1}"#,
    #"""
    {"type": "behaviourLadder", "interval": "5s", "forgiveAfter": "20s",
      "detector": {"type": "ceiling", "above": 3}}
    """#,
    #"{"type": "progressivePenalty", "first": "3s", "forgiveAfter": "20s"}"#,
    #"""
    {"type": "hierarchy", "per": "10s", "levels": [{"by": "everyone", "limit": 60},
      {"by": "account", "limit": 9}]}
    """#,
    #"{"type": "leases", "capacity": 60, "per": "10s"}"#,
    #"{"type": "spikeDetector", "interval": "5s", "quiet": 1}"#,
    #"{"type": "usageTracker", "width": 16, "horizons": [{"over": "10s", "most": 9}]}"#,
    #"{"type": "promotion", "units": 60, "from": "10s", "until": "90s", "plans": ["plus"]}"#,
    #"""
    {"type": "grants", "grants": [{"id": "b", "units": 30, "expires": "80s"},
      {"id": "a", "units": 50, "priority": 2}, {"id": "c", "units": 9, "plans": ["free"]}]}
    """#,
    #"{"type": "credits", "price": 0.3}"#,
    #"{"type": "credits", "price": 0.7, "mode": "reserve", "wholeRemainder": false}"#,
    #"{"type": "credits", "price": 0.1, "owner": "organisation", "settlementLag": "9s"}"#,
  ]
}
