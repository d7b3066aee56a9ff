import WeirFormats
import WeirSimulation

/// What `manifest.json` says of a study.
public struct ManifestFacts: Sendable {
  /// The version of Weir that wrote the results.
  public let version: String
  /// The name of the study.
  public let name: String
  /// What the scenario asks.
  public let description: String
  /// The command that repeats the study.
  public let command: String
  /// The root of all samples.
  let seed: String
  /// How samples are made.
  let random: String
  /// The replications that were asked for.
  let plannedReplications: Int
  /// The runs that are in the results.
  let runs: Int
  /// The policies, in the order of the scenario.
  public let policies: [String]
  /// The policy that the others are compared with, as an index.
  let baseline: Int
  /// The combinations of swept parameters.
  public let points: [String]
  /// The metric that decides.
  let primaryMetric: Metric
  /// The files with their digests.
  let files: [File]
  /// The digest of the scenario.
  let scenarioDigest: String
  /// The whole scenario, every default written out.
  let scenario: JSONNode
  /// The times of the scenario.
  let times: StudyTimes

  /// A file of the results.
  struct File: Sendable {
    let name: String
    let bytes: Int64
    let digest: String
  }

  /// The replications that are complete.
  public var replications: Int { runs / max(1, policies.count * points.count) }

  /// Whether every run that was planned is there.
  var isComplete: Bool { runs == plannedReplications * policies.count * points.count }

  /// Reads the facts.
  init(_ source: SourceFile) throws(ScenarioIssue) {
    let (node, issues) = JSONNode.parse(source)
    guard let node, issues.isEmpty else { throw issues[0] }
    let reader = MemberReader(node: node, source: source)
    version = try reader.text("weir")
    name = try reader.text("name")
    description = try reader.text("description")
    command = try reader.text("command")
    seed = try reader.text("seed")
    random = try reader.text("random")
    plannedReplications = Int(try reader.integer("replications"))
    runs = Int(try reader.integer("runs"))
    policies = try reader.texts("policies")
    points = try reader.texts("points")
    let baseline = try reader.text("baseline")
    guard let place = policies.firstIndex(of: baseline) else {
      throw reader.issue("baseline", expected: "one of the policies")
    }
    self.baseline = place
    guard let metric = Metric(rawValue: try reader.text("primaryMetric")) else {
      throw reader.issue("primaryMetric", expected: "a metric of this version of Weir")
    }
    primaryMetric = metric
    scenarioDigest = try reader.text("scenarioDigest")
    scenario = try reader.member("scenario")
    times = StudyTimes(of: scenario)
    var files: [File] = []
    for element in try reader.member("files").elements ?? [] {
      let file = MemberReader(node: element, source: source)
      files.append(
        File(
          name: try file.text("name"), bytes: try file.integer("bytes"),
          digest: try file.text("sha256")))
    }
    self.files = files
  }

  /// The products, in the order of the scenario.
  var products: [String] { scenario["products"]?.members?.map(\.name) ?? [] }

  /// Whether the results have a file of this name.
  func has(_ file: String) -> Bool { files.contains { $0.name == file } }

  /// The members of the scenario's list `name`.
  func list(_ name: String) -> [JSONNode] { scenario[name]?.elements ?? [] }
}

/// Reads the members of a JSON object that must be there.
struct MemberReader {
  let node: JSONNode
  let source: SourceFile

  func member(_ name: String) throws(ScenarioIssue) -> JSONNode {
    guard let value = node[name] else {
      throw ScenarioIssue(
        .missingField(name: name, expected: "what Weir writes there"),
        position: node.position ?? SourcePosition(file: source, offset: 0))
    }
    return value
  }

  func text(_ name: String) throws(ScenarioIssue) -> String {
    guard let text = try member(name).text else { throw issue(name, expected: "a text") }
    return text
  }

  func integer(_ name: String) throws(ScenarioIssue) -> Int64 {
    guard case .number(let text) = try member(name).value, let value = Int64(text), value >= 0
    else { throw issue(name, expected: "a whole number of at least 0") }
    return value
  }

  func texts(_ name: String) throws(ScenarioIssue) -> [String] {
    let texts = try member(name).elements?.compactMap(\.text) ?? []
    guard !texts.isEmpty else { throw issue(name, expected: "a list of names") }
    return texts
  }

  func issue(_ name: String, expected: String) -> ScenarioIssue {
    ScenarioIssue(
      .wrongKind(expected: expected, found: node[name]?.found ?? "nothing"),
      position: node[name]?.position ?? node.position)
  }
}

/// The times of a scenario that charts need, in seconds.
struct StudyTimes: Declared {
  /// When arrivals end.
  let horizon: Double
  /// When measuring begins.
  let warmup: Double

  init(_ fields: Fields) {
    horizon = fields.required("horizon", .secondsOfDuration, "When arrivals end.")
    warmup = fields.value(
      "warmup", .secondsOfDuration, whenAbsent: 0, "When measuring begins.")
  }

  /// The times of a scenario, whatever else is in it.
  init(of scenario: JSONNode) {
    let members = ["horizon", "warmup"].compactMap { name in
      scenario[name].map { (name, $0) }
    }
    self = StudyTimes.read(from: .object(members)).value
  }
}

extension ValueKind where Value == Double {
  /// A duration as a number of seconds.
  static var secondsOfDuration: ValueKind { .from(.duration()) { Double($0) / 1e9 } }
}

extension ManifestFacts {
  /// The smallest difference of the primary metric that matters; `nil` where the scenario names
  /// none.
  var smallestDifference: Double? {
    guard case .number(let text)? = scenario["smallestDifference"]?.value else { return nil }
    return Double(text)
  }
}
