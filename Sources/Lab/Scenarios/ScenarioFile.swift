public import WeirFormats

/// A scenario as it was read from a file: with all that it extends, and with what was overridden.
///
/// The steps are: read the file and every file that it extends, lay the nearer over the farther,
/// apply the overrides, keep the chosen policies, read the whole. Mistakes are collected over all
/// steps that can still be taken.
public struct ScenarioFile: Sendable {
  /// The path that was asked for.
  public let path: String
  /// The files that it was read from, itself first, each called by its path.
  let sources: [SourceFile]
  /// What was changed by arguments.
  public let overrides: ScenarioOverrides
  /// The scenario.
  public let scenario: Scenario
  /// The expanded document: one object, without `extends`, every value with its own position.
  public let document: JSONNode
  /// The document with every default written out, in the order of the declarations.
  ///
  /// It reads as the same scenario, and is the same however the members of the file are ordered.
  public let canonical: JSONNode
  /// The SHA-256 digest of the canonical document, as 64 hexadecimal digits.
  public let scenarioDigest: String
  /// Where each value came from, defaults included, in the order of reading.
  public let origins: [FieldOrigin]
  /// The other files that the scenario names, such as recorded traces.
  public private(set) var inputs: [InputFile]
  /// What differs between points, in the order of the columns.
  public private(set) var axes: [SweepAxis] = []
  /// The combinations of swept values; one called `base` when nothing is swept.
  public private(set) var points: [ScenarioPoint] = []

  /// Reads the scenario in the file at `path`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - overrides: What arguments change in it.
  ///   - extensions: Layers, workloads and other variants of other packages.
  ///   - reader: How bytes are got; from the disk unless a test says otherwise.
  ///   - search: Where files that the scenario names are looked for.
  /// - Throws: ``ScenarioFailure``, with all issues at once.
  public init(
    _ path: String, overrides: ScenarioOverrides = ScenarioOverrides(),
    extensions: Extensions = Extensions(), reader: FileReader = .disk,
    search: InputSearch = .environment
  ) throws(ScenarioFailure) {
    var expansion = ScenarioExpansion(reader: reader)
    var document = try expansion.document(at: path)
    var issues = expansion.issues
    if let found = document { document = overrides.applied(to: found, &issues) }
    guard let document else { throw .invalid(issues) }
    let files = search.files(
      forScenarioAt: path, documents: expansion.files.map(\.name), reader: reader)
    var reading = Scenario.read(from: document, extensions: extensions, inputs: files)
    issues += reading.issues
    guard issues.isEmpty else { throw .invalid(issues) }
    let chosen = overrides.choosing(among: reading.value, in: document, &issues)
    guard issues.isEmpty else { throw .invalid(issues) }
    if !overrides.policies.isEmpty {
      reading = Scenario.read(from: chosen, extensions: extensions, inputs: files)
      guard reading.issues.isEmpty else { throw .invalid(reading.issues) }
    }
    self.path = path
    sources = expansion.files
    self.overrides = overrides
    self.document = chosen
    scenario = reading.value
    origins = reading.origins
    inputs = reading.inputs
    canonical = CanonicalDocument.node(chosen, reading.origins)
    scenarioDigest = SHA256.hexadecimalDigest(of: JSONWriter.compact(canonical))
    points = [ScenarioPoint(name: "base", values: [], reading: reading, canonical: canonical)]
    if let sweep = scenario.sweep {
      // Values are set before policies are chosen, since pointers count all of them.
      let reader = SweepExpansion(
        file: self, document: document, extensions: extensions, files: files)
      (axes, points) = try reader.points(of: sweep)
      for input in points.flatMap(\.inputs) where !inputs.contains(where: { $0 === input }) {
        inputs.append(input)
      }
    }
    guard pointIssues.isEmpty else { throw .invalid(pointIssues) }
  }
}

/// Why there is no scenario.
public enum ScenarioFailure: Error, Sendable {
  /// A file cannot be read; `extendedAt` is where another file asked for it.
  case missing(path: String, reason: String, extendedAt: SourcePosition?)
  /// The files are wrong; everything that is, in the order of reading.
  case invalid([ScenarioIssue])

  /// Whether all that is wrong is that files are not there.
  public var isOnlyMissing: Bool {
    switch self {
    case .missing: true
    case .invalid(let issues):
      issues.allSatisfy { if case .missingFile = $0.problem { true } else { false } }
    }
  }
}
