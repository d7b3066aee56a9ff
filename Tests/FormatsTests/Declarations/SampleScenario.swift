import WeirFormats

/// A small scenario that uses every kind of value, for the tests of declarations.
struct SampleScenario: Declared {
  static let declaredName = "Scenario"
  static let declaredHelp = "A small scenario."

  let name: String
  let description: String?
  let seed: UInt64
  let horizon: Int64
  let warmup: Int64
  let start: Int64?
  let plans: [(key: String, value: SamplePlan)]
  let populations: [SamplePopulation]
  let layers: [any SampleLayer]
  let scheduler: any SampleLayer
  let service: SampleService
  let retry: SampleRetry
  let serves: [String]
  let points: [(key: String, value: [JSONNode])]

  init(_ fields: Fields) {
    name = fields.required("name", .name, "What the scenario is called.")
    description = fields.optional("description", .text, "What it asks.")
    seed = fields.value("seed", .seed, default: 1, "Where all random numbers start.")
    horizon = fields.required("horizon", .duration(in: 1...), "When the run ends.")
    warmup = fields.value("warmup", .duration(), default: 0, "When measuring starts.")
    start = fields.optional("start", .date, "The date of time zero.")
    plans = fields.value("plans", .map(of: .object(SamplePlan.self)), default: [], "The plans.")
    populations = fields.required(
      "populations", .list(of: .object(SamplePopulation.self), count: 1...3), "Who asks.")
    let layers = fields.registry(sampleLayers)
    self.layers = fields.value("layers", .list(of: .variant(layers)), default: [], "The stack.")
    scheduler = fields.value(
      "scheduler", .variant(sampleSchedulers, nameAlone: true), whenAbsent: ["type": "fifo"],
      "Who is served next.")
    service = fields.required("service", SampleService.kind, "How long a request is served.")
    retry = fields.group("retry", SampleRetry.self, "What refused accounts do.")
    serves = fields.value("serves", .oneOrMany(of: .name), default: ["codex"], "The models.")
    points = fields.value(
      "points", .map(of: .list(of: .json, count: 1...Int.max), namesOnly: false), default: [],
      "The swept values.")
    fields.check(warmup < horizon, at: "warmup", expected: "less than the horizon")
    for (index, population) in populations.enumerated() {
      fields.check(
        !populations.prefix(index).contains { $0.name.value == population.name.value },
        at: "populations/\(index)/name", expected: "a name that no other population has")
    }
  }
}

struct SamplePlan: Declared {
  let limit: Int64
  let price: DecimalText
  let priority: Int64
  let factor: Double

  init(_ fields: Fields) {
    limit = fields.required("limit", .integer(in: 0...).unit("messages"), "The most per window.")
    price = fields.value(
      "price", .decimal(in: 0...1000), default: .zero, "What it costs. \"a|b\" is fine.")
    priority = fields.value("priority", .integer(in: 0...9), default: 1, "Its rank.")
    factor = fields.value("factor", .number(above: 0, upTo: 2), default: 1.5, "Its weight.")
  }
}

struct SamplePopulation: Declared {
  enum Mood: String, CaseIterable { case patient, hasty }

  let name: Located<String>
  let accounts: Int64
  let plan: Located<String>?
  let mood: Mood
  let abuser: Bool
  let share: Double

  init(_ fields: Fields) {
    name = fields.required("name", .located(.name), "What it is called.")
    accounts = fields.required("accounts", .quantity(in: 1...2_000_000), "How many there are.")
    plan = fields.optional("plan", .located(.name), "The plan they have.")
    mood = fields.value("mood", .choice(Mood.self), default: .patient, "How they wait.")
    abuser = fields.value("abuser", .flag, default: false, "Whether they abuse.")
    share = fields.value("share", .number(in: 0...1), default: 0.5, "How much of it.")
  }
}

/// A base of variants: each says what it is.
protocol SampleLayer: Sendable { var story: String { get } }

struct FixedLayer: SampleLayer {
  let limit: Int64
  var story: String { "fixed \(limit)" }
}

struct GroupLayer: SampleLayer {
  let parts: [any SampleLayer]
  var story: String { "group of \(parts.map(\.story).joined(separator: " and "))" }
}

struct NamedLayer: SampleLayer { let story: String }

let sampleLayers = VariantRegistry<any SampleLayer>(
  "layer",
  [
    Variant("fixed", "Counts in windows.") { fields in
      FixedLayer(limit: fields.required("limit", .count, "The most per window."))
    },
    Variant("group", "Several layers as one.") { fields in
      let parts = fields.required("parts", .list(of: .variant(sampleLayers)), "The layers.")
      return GroupLayer(parts: parts)
    },
  ])

let sampleSchedulers = VariantRegistry<any SampleLayer>(
  "scheduler", default: "fifo",
  [
    Variant("fifo", "First come, first served.") { _ in NamedLayer(story: "fifo") },
    Variant("priority", "The highest rank first.") { fields in
      let aging = fields.value("aging", .duration(), default: 0, "When ranks rise.")
      return NamedLayer(story: "priority \(aging)")
    },
    Variant("weighted", "By weights.") { fields in
      NamedLayer(story: "weighted \(fields.required("weight", .number(in: 0...), "The weight."))")
    },
  ])

struct SampleService: Declared {
  let mean: Int64
  let law: String

  static let kind = ValueKind.either(
    .from(.duration(in: 1...)) { SampleService(mean: $0, law: "fixed") },
    .object(SampleService.self))

  init(mean: Int64, law: String) {
    self.mean = mean
    self.law = law
  }

  init(_ fields: Fields) {
    mean = fields.required("mean", .duration(in: 1...), "The mean.")
    let laws: [(name: String, value: String, help: String)] = [
      ("fixed", "fixed", "Always the mean."), ("exponential", "exponential", "Memoryless."),
    ]
    law = fields.required("law", .choice(laws), "The distribution.")
  }
}

struct SampleRetry: Declared {
  let attempts: Int64
  let wait: Int64

  init(_ fields: Fields) {
    attempts = fields.value("attempts", .integer(in: 1...10), default: 3, "How often.")
    wait = fields.value("wait", .duration(), default: 1_500_000_000, "How long between.")
  }
}

/// A scenario without a mistake; the broken ones are made from it.
let sampleText = """
  {
    "$schema": "sample.schema.json",
    "name": "sample",
    "description": "Wer fängt an? 🌊", "seed": "20261122",
    "horizon": "24h",
    "warmup": "1h30m",
    "start": "2026-02-01",
    "plans": {
      "free": {"limit": 5, "priority": 0},
      "plus": {"limit": 45, "price": "19.99", "factor": 1.25}
    },
    "populations": [
      {"name": "light", "accounts": "20k", "plan": "free", "mood": "hasty"},
      {"name": "heavy", "accounts": 300, "plan": "plus", "abuser": true, "share": 0.25}
    ],
    "layers": [
      {"type": "fixed", "limit": "1.5k"},
      {"type": "group", "parts": [{"type": "fixed", "limit": 7}]}
    ],
    "scheduler": {"type": "priority", "aging": "10m"},
    "service": {"mean": "250ms", "law": "exponential"},
    "retry": {"attempts": 2},
    "serves": ["codex", "sora"],
    "points": {"/populations/0/accounts": [10, "20k"]}
  }

  """

/// Reads a text as a ``SampleScenario``: the value, when there is no issue, and all issues.
func readSample(_ text: String) -> (value: SampleScenario?, issues: [ScenarioIssue]) {
  let (node, syntax) = JSONNode.parse(SourceFile(name: "sample.json", text: text))
  guard let node else { return (nil, syntax) }
  let reading = SampleScenario.read(from: node)
  let issues = syntax + reading.issues
  return (issues.isEmpty ? reading.value : nil, issues)
}
