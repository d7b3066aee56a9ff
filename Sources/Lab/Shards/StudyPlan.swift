import WeirFormats

/// What a study consists of: every run in its order with its address, and all that is needed to put
/// their results together, wherever they were made.
public struct StudyPlan: Sendable {
  /// The study.
  public let study: Study
  /// The files with rows for each run that were asked for besides the usual ones, or left out.
  public let extras: Extras
  /// A digest of the scenario, the version of Weir and all runs in their order.
  public let digest: String

  /// Files of results that are written on request, or left out.
  public struct Extras: Sendable, Equatable {
    /// Whether `accounts.csv` is written.
    public var accounts = false
    /// Whether `intents.csv` is written.
    public var intents = false
    /// Whether the files with one row for each event are written.
    public var events = false
    /// The large tables that are not written, of ``ResultReference/optionalTables``.
    public var leavesOut: [String] = []

    /// Creates a choice of files.
    public init(
      accounts: Bool = false, intents: Bool = false, events: Bool = false,
      leavesOut: [String] = []
    ) {
      self.accounts = accounts
      self.intents = intents
      self.events = events
      self.leavesOut = leavesOut
    }
  }

  /// The name of the file that holds a plan.
  static let fileName = "plan.json"

  /// The plan of a study.
  public init(_ study: Study, extras: Extras = Extras()) {
    self.study = study
    self.extras = extras
    digest = study.planDigest
  }
}

extension Study {
  /// The digest of the plan: of the scenario, the version of Weir and all runs in their order.
  var planDigest: String {
    let plan: JSONNode = .object([
      ("weir", .text(WeirVersion.current)), ("random", .text(WeirVersion.random)),
      ("scenarioDigest", .text(file.scenarioDigest)), ("runs", plannedRuns),
    ])
    return SHA256.hexadecimalDigest(of: JSONWriter.compact(plan))
  }

  /// All runs in their order, each with its seed and its address.
  fileprivate var plannedRuns: JSONNode {
    let seed = String(scenario.seed)
    return .list(
      runs.map { run in
        .object([
          ("run", .text(run.id)), ("seed", .text(seed)), ("address", .text(address(of: run))),
        ])
      })
  }
}

extension StudyPlan {
  /// The plan as a document, from which ``init(_:extensions:reader:search:)`` reads it again.
  var document: JSONNode {
    let file = study.file
    return .object([
      ("weir", .text(WeirVersion.current)), ("random", .text(WeirVersion.random)),
      ("planDigest", .text(digest)), ("name", .text(study.scenario.name)),
      ("file", .text(file.fileName)), ("path", .text(file.path)),
      ("overrides", .list(file.overrides.assignments.map { .list($0.words.map { .text($0) }) })),
      ("policies", .list(file.overrides.policies.map { .text($0) })),
      ("accounts", .flag(extras.accounts)), ("intents", .flag(extras.intents)),
      ("events", .flag(extras.events)),
      ("without", .list(extras.leavesOut.map { .text($0) })),
      ("scenarioDigest", .text(file.scenarioDigest)),
      ("inputs", .list(file.inputs.map(Manifest.input))),
      ("sources", .list(file.sources.map(Self.source))),
      ("runs", study.plannedRuns),
    ])
  }

  private static func source(_ file: SourceFile) -> JSONNode {
    .object([
      ("path", .text(file.name)), ("text", .text(String(decoding: file.bytes, as: UTF8.self))),
    ])
  }

  /// Why a document is not a plan that can be carried out here.
  enum Problem: Error, Sendable {
    /// It is not a plan.
    case noPlan
    /// Another version of Weir made it.
    case otherVersion(String)
    /// Its scenario cannot be read.
    case scenario(ScenarioFailure)
    /// Its scenario comes to other runs here: a file that it names has other contents.
    case changed
  }

  /// Reads a plan; the scenario and all that it extends are in it, other files are read anew.
  init(
    _ document: JSONNode, extensions: Extensions = Extensions(), reader: FileReader = .disk,
    search: InputSearch = .environment
  ) throws(Problem) {
    guard let version = document["weir"]?.text, let path = document["path"]?.text,
      let digest = document["planDigest"]?.text, let overrides = Self.overrides(in: document)
    else { throw .noPlan }
    guard version == WeirVersion.current else { throw .otherVersion(version) }
    var texts: [String: [UInt8]] = [:]
    for source in document["sources"]?.elements ?? [] {
      if let path = source["path"]?.text {
        texts[path] = source["text"]?.text.map { Array($0.utf8) }
      }
    }
    let kept = texts
    let planned = FileReader { path in
      if let bytes = kept[path] { return .success(bytes) }
      return Result { () throws(FileReader.Unreadable) in try reader.bytes(of: path) }
    }
    let file: ScenarioFile
    do throws(ScenarioFailure) {
      file = try ScenarioFile(
        path, overrides: overrides, extensions: extensions, reader: planned, search: search)
    } catch {
      throw .scenario(error)
    }
    func has(_ name: String) -> Bool { document[name] == true }
    self.init(
      Study(file),
      extras: Extras(
        accounts: has("accounts"), intents: has("intents"), events: has("events"),
        leavesOut: (document["without"]?.elements ?? []).compactMap(\.text)))
    if self.digest != digest { throw .changed }
  }

  private static func overrides(in document: JSONNode) -> ScenarioOverrides? {
    guard let entries = document["overrides"]?.elements,
      let policies = document["policies"]?.elements
    else { return nil }
    var overrides = ScenarioOverrides(policies: policies.compactMap(\.text))
    for entry in entries {
      guard let words = entry.elements?.compactMap(\.text),
        let assignment = ScenarioOverrides.Assignment(words: words)
      else { return nil }
      overrides.assignments.append(assignment)
    }
    return overrides
  }
}

extension ScenarioOverrides.Assignment {
  /// Reads the option and its value, as ``words`` writes them.
  init?(words: [String]) {
    guard words.count == 2 else { return nil }
    switch words[0] {
    case "--set": self.init(parsing: words[1])
    case "--seed": self = .seed(words[1])
    case "--replications": self = .replications(words[1])
    default: return nil
    }
  }
}
