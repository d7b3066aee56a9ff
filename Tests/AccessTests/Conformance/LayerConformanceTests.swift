import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct LayerConformanceTests {
  @Test(
    "every layer of the catalogue, in several settings, holds to the protocol", arguments: settings)
  func catalogue(_ setting: Setting) {
    let suite = LayerConformance(directory: Self.directory, make: setting.make)
    let violations = suite.violations()
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test("the settings cover every layer of the catalogue")
  func coverage() {
    let covered = Set(Self.settings.map { type(of: $0.make()).typeName })
    let all = Set(Catalogue.layers.variants.map(\.name))
    #expect(covered == all)
  }

  @Test(
    "a broken layer is caught, by the rule that it breaks", arguments: BrokenLayer.Fault.allCases)
  func broken(_ fault: BrokenLayer.Fault) {
    let violations = LayerConformance { BrokenLayer(fault: fault) }.violations()
    let rules = Set(violations.map(\.rule))
    #expect(rules.contains(fault.rule), "found \(rules.map(\.rawValue)) for \(fault)")
  }

  /// A layer with fields of its own, as a scenario has it.
  struct Setting: CustomTestStringConvertible, Sendable {
    let json: String
    let make: @Sendable () -> any Layer
    var testDescription: String { json }

    init(_ json: String) {
      self.json = json
      make = { Self.layer(json) }
    }

    private static func layer(_ json: String) -> any Layer {
      let node = JSONNode.parse(SourceFile(name: "layer", text: "{\"layer\":\(json)}")).node ?? [:]
      let reading = OneLayer.read(from: node)
      #expect(reading.issues.isEmpty, "\(reading.issues)")
      return reading.value.layer.layer
    }
  }

  private struct OneLayer: Declared {
    let layer: NamedLayer
    init(_ fields: Fields) {
      layer = fields.required("layer", .variant(Catalogue.layers), "The layer.")
    }
  }

  static var directory: Directory {
    let windows = [
      PlanWindow(limit: 10, per: .seconds(1)),
      PlanWindow(limit: 25, per: .seconds(7), anchored: false),
    ]
    return Directory(
      planOfAccount: [0, 0, 1, 0], organisationOfAccount: [0, 0, 1, 0],
      teamOfAccount: [0, 0, 1, 2],
      plans: [Plan(name: "plus", allowances: windows), Plan(name: "free")])
  }

  static let settings: [Setting] = [
    #"{"type": "planAllowance"}"#,
    #"{"type": "fixedWindow", "limit": 20, "per": "1s"}"#,
    #"{"type": "fixedWindow", "limit": {"free": 7}, "per": "1s", "alignment": "aligned"}"#,
    #"{"type": "fixedWindow", "limit": 20, "per": "1s", "alignment": "fixedAnchor"}"#,
    #"{"type": "fixedWindow", "limit": 20, "per": "1s", "alignment": "aligned", "offset": "3ms"}"#,
    #"{"type": "fixedWindow", "limit": 20, "per": "1s", "as": "gate", "by": "everyone"}"#,
    #"{"type": "fixedWindow", "limit": 30, "per": "1s", "by": "organisation"}"#,
    #"{"type": "fixedWindow", "limit": 20, "per": "1s", "countsRefused": true}"#,
    #"{"type": "fixedWindow", "limit": 20, "per": "1s", "overshoots": true}"#,
    #"{"type": "fixedWindow", "limit": 0, "per": "1s"}"#,
    #"{"type": "slidingLog", "limit": 20, "per": "1s"}"#,
    #"{"type": "slidingLog", "limit": 20, "per": "1s", "inclusive": true, "by": "everyone"}"#,
    #"{"type": "slidingCounter", "limit": 20, "per": "1s"}"#,
    #"{"type": "slidingCounter", "limit": 20, "per": "1s", "estimate": "floored"}"#,
    #"{"type": "slidingCounter", "limit": 20, "per": "1s", "overshoots": true, "as": "gate"}"#,
    #"{"type": "slidingCounter", "limit": {"plus": 9}, "per": "1s", "countsRefused": true}"#,
    #"{"type": "slidingCounter", "limit": 9, "per": "1s", "by": "everyone", "offset": "7ms"}"#,
    #"{"type": "tokenBucket", "capacity": 20, "refill": 7, "per": "1s"}"#,
    #"{"type": "tokenBucket", "capacity": 20, "refill": 7, "per": "1s", "overshoots": true}"#,
    #"{"type": "tokenBucket", "capacity": 20, "refill": 7, "per": "1s", "refills": "intervally"}"#,
    #"{"type": "tokenBucket", "capacity": 20, "refill": 7, "per": "1s", "refills": "aligned"}"#,
    #"{"type": "tokenBucket", "capacity": {"plus": 9}, "refill": 3, "per": "1s", "initial": 2}"#,
    #"{"type": "tokenBucket", "capacity": 20, "refill": 0, "per": "1s"}"#,
    #"{"type": "burstStore", "rate": 7, "per": "1s", "keeps": "3s"}"#,
    #"{"type": "burstStore", "rate": 7, "per": "1s", "keeps": "2s", "borrows": "1500ms"}"#,
    #"{"type": "burstStore", "rate": 7, "per": "1s", "keeps": "2s", "launch": 40}"#,
    #"{"type": "burstStore", "rate": 7, "per": "1s", "keeps": "9s", "intervally": true}"#,
    #"{"type": "burstStore", "rate": {"free": 0, "plus": 9}, "per": "1s", "keeps": "2s"}"#,
    #"{"type": "gcra", "rate": 7, "per": "1s", "burst": 20}"#,
    #"{"type": "gcra", "rate": {"plus": 9, "free": 0}, "per": "1s"}"#,
    #"{"type": "gcra", "rate": 9, "per": "1s", "by": "organisation", "as": "gate"}"#,
    #"{"type": "gcra", "rate": 7, "per": "1s", "holdUpTo": "700ms"}"#,
    #"{"type": "tokenBucket", "capacity": 9, "refill": 7, "per": "1s", "holdUpTo": "1s"}"#,
    #"""
    {"type": "tokenBucket", "capacity": 9, "refill": 7, "per": "1s", "refills": "intervally",
      "holdUpTo": "1700ms"}
    """#,
    #"{"type": "leakyBucket", "capacity": 20, "leak": 7, "per": "1s"}"#,
    #"{"type": "leakyBucket", "capacity": {"plus": 9}, "leak": 3, "per": "1s", "as": "gate"}"#,
    #"{"type": "leakyBucket", "capacity": 20, "leak": 7, "per": "1s", "mode": "queue"}"#,
    #"""
    {"type": "leakyBucket", "capacity": 5, "leak": 9, "per": "1s", "mode": "queue", "as": "gate",
      "by": "everyone"}
    """#,
    #"{"type": "leakyBucket", "capacity": 20, "leak": 0, "per": "1s", "mode": "queue"}"#,
    #"{"type": "pacer", "rate": 7, "per": "1s"}"#,
    #"{"type": "pacer", "rate": 7, "per": "1s", "slack": 10, "holdUpTo": "500ms"}"#,
    #"{"type": "pacer", "rate": {"plus": 9, "free": 0}, "per": "1s", "as": "allowance"}"#,
    #"{"type": "cycles", "limit": 9, "per": "1s"}"#,
    #"{"type": "cycles", "limit": 9, "per": "1s", "holdUpTo": "2500ms", "offset": "300ms"}"#,
    #"{"type": "cycles", "limit": {"plus": 9, "free": 0}, "per": "1s", "holdUpTo": "1s"}"#,
    #"{"type": "cycles", "limit": 12, "per": "1s", "by": "everyone", "as": "gate"}"#,
    #"""
    {"type": "allOf", "limits": [{"type": "pacer", "rate": 30, "per": "1s", "as": "allowance"},
      {"type": "slidingLog", "limit": 20, "per": "1s"}]}
    """#,
    #"""
    {"type": "hierarchy", "per": "1s", "levels": [{"by": "everyone", "limit": 40},
      {"by": "organisation", "limit": 25}, {"by": "account", "share": 0.6}]}
    """#,
    #"""
    {"type": "hierarchy", "per": "1s", "alignment": "aligned", "as": "gate",
      "levels": [{"by": "organisation", "limit": {"plus": 20}}, {"by": "team", "share": 0.5}]}
    """#,
    #"{"type": "tokenBucket", "capacity": 20, "refill": 7, "per": "1s", "by": "team"}"#,
    #"{"type": "concurrency", "limit": 3}"#,
    #"{"type": "concurrency", "limit": {"free": 2}, "lease": "500ms", "by": "everyone"}"#,
    #"""
    {"type": "allOf", "limits": [{"type": "fixedWindow", "limit": 9, "per": "1s"},
      {"type": "gcra", "rate": 12, "per": "2s"}]}
    """#,
    #"""
    {"type": "allOf", "as": "gate", "limits": [{"type": "concurrency", "limit": 2, "lease": "1s"},
      {"type": "slidingLog", "limit": 20, "per": "1s"}]}
    """#,
    #"""
    {"type": "peakHours", "factor": 2, "limit": {"type": "gcra", "rate": 9, "per": "1s",
      "holdUpTo": "400ms"}, "peaks": [{"from": "2s", "until": "9s"}]}
    """#,
    #"""
    {"type": "peakHours", "factor": 1.5, "limit": {"type": "tokenBucket", "capacity": 20,
      "refill": 7, "per": "1s"}, "peaks": [{"from": "2s", "until": "9s"}]}
    """#,
    #"""
    {"type": "peakHours", "factor": 0.3, "limit": {"type": "fixedWindow", "limit": 20, "per": "1s",
      "as": "gate", "countsRefused": true}, "peaks": [{"from": "0s", "until": "5s"}]}
    """#,
    #"{"type": "postPaid", "limit": {"type": "slidingLog", "limit": 20, "per": "1s"}}"#,
    #"{"type": "postPaid", "as": "gate", "limit": {"type": "gcra", "rate": 9, "per": "1s"}}"#,
    #"""
    {"type": "bankedResets", "initial": 2, "every": "3s", "keeps": "7s",
      "limit": {"type": "fixedWindow", "limit": 20, "per": "5s"}}
    """#,
    #"""
    {"type": "bankedResets", "initial": 0, "every": "2s", "keeps": "3s", "limit": {"type": "allOf",
      "limits": [{"type": "gcra", "rate": 7, "per": "1s"},
        {"type": "slidingLog", "limit": 30, "per": "9s"}]}}
    """#,
    #"{"type": "bankedResets", "initial": 3, "limit": {"type": "planAllowance"}}"#,
    #"""
    {"type": "bankedResets", "limit": {"type": "tokenBucket", "capacity": 9, "refill": 1,
      "per": "1s", "as": "gate"}}
    """#,
    #"{"type": "aimd", "initial": 3, "target": "1s"}"#,
    #"{"type": "vegas", "initial": 3, "probe": 1}"#,
    #"{"type": "vegas", "initial": 2, "decrease": "half", "scaled": false, "smoothing": 0.5}"#,
    #"{"type": "vegas", "initial": 2, "window": "500ms", "windowRequests": 2}"#,
    #"{"type": "gradient2", "initial": 3, "minimum": 1}"#,
    #"{"type": "gradient2", "initial": 2, "minimum": 2, "window": "1s", "windowRequests": 1}"#,
    #"{"type": "envoyGradient", "measureRequests": 2, "measureEvery": "2s"}"#,
    #"{"type": "envoyGradient", "minimum": 1, "measureRequests": 1, "update": "300ms"}"#,
    #"{"type": "sreThrottle", "window": "3s", "factor": 1.1}"#,
    #"{"type": "admissionControl", "window": "2s", "aggression": 2, "mostRejected": 1}"#,
    #"{"type": "bbr", "window": "2s", "buckets": 4, "utilisation": 0.3}"#,
    #"{"type": "dagor", "window": "300ms", "down": 0.5, "target": "1s"}"#,
    #"{"type": "dagor", "windowRequests": 2, "keepsFirst": false, "reshuffle": "1s"}"#,
    #"{"type": "levelShedding", "levels": [{"plans": ["free"]}, {}], "steps": 2}"#,
    #"{"type": "shares", "limit": 3, "weights": {"plus": 1}, "others": 1}"#,
    #"{"type": "shares", "limit": 4, "weights": {"plus": 1}, "borrowing": "never"}"#,
    #"{"type": "shares", "limit": 4, "weights": {"free": 2}, "borrowing": "unsaturated"}"#,
    #"{"type": "leases", "capacity": 40, "per": "1s"}"#,
    #"""
    {"type": "leases", "capacity": 40, "per": "500ms", "rule": "proportionalShare", "as": "gate",
      "weights": {"free": 2}}
    """#,
    #"{"type": "behaviourLadder"}"#,
    #"""
    {"type": "behaviourLadder", "interval": "2s", "forgiveAfter": "3s",
      "detector": {"type": "ceiling", "above": 3}}
    """#,
    #"""
    {"type": "behaviourLadder", "interval": "1s", "counts": "units", "shadow": true,
      "detector": {"type": "anyOf", "detectors": [{"type": "ceiling", "above": {"free": 2}},
        {"type": "ewma", "warmup": 1}, {"type": "ewmaChart", "target": 3, "deviation": 1}]}}
    """#,
    #"""
    {"type": "behaviourLadder", "interval": "1s", "counts": "admissions", "learnsSilence": true,
      "detector": {"type": "cusum", "slack": 1, "threshold": 2, "warmup": 2}}
    """#,
    #"""
    {"type": "behaviourLadder", "interval": "500ms", "ladder": ["block"], "forgiveAfter": "2s",
      "detector": {"type": "pageHinkley", "slack": 0.5, "threshold": 2, "warmup": 2}}
    """#,
    #"""
    {"type": "behaviourLadder", "interval": "1s", "plans": ["plus"], "ladder": ["observe", "block"],
      "detector": {"type": "anyOf", "detectors": [
        {"type": "concentration", "volume": 2, "share": 0.5},
        {"type": "heavyHitters", "share": 0.6, "least": 4, "counters": 2},
        {"type": "velocity", "accounts": 2, "above": 3}]}}
    """#,
    #"{"type": "spikeDetector", "interval": "500ms", "quiet": 1}"#,
    #"{"type": "spikeDetector", "counts": "units", "detector": {"type": "ceiling", "above": 9}}"#,
    #"""
    {"type": "usageTracker", "width": 16, "horizons": [{"over": "1s", "most": 30},
      {"over": "5s", "mostOfRoute": 60}]}
    """#,
    #"{"type": "progressivePenalty", "first": "300ms", "forgiveAfter": "2s"}"#,
    #"{"type": "turnGrace"}"#,
    #"{"type": "turnGrace", "atMost": {"plus": 9}, "plans": ["plus"]}"#,
    #"{"type": "promotion", "units": 60, "from": "1s", "until": "9s", "plans": ["plus"]}"#,
    #"""
    {"type": "grants", "grants": [{"id": "b", "units": 30, "expires": "8s"},
      {"id": "a", "units": 50, "priority": 2}, {"id": "c", "units": 9, "plans": ["free"]}]}
    """#,
    #"{"type": "credits", "price": 0.3}"#,
    #"{"type": "credits", "price": 0.7, "mode": "reserve", "wholeRemainder": false}"#,
    #"{"type": "credits", "price": {"requests": "0.000000333"}, "owner": "organisation"}"#,
    #"{"type": "credits", "price": {"video": 1}}"#,
  ].map(Setting.init)
}
