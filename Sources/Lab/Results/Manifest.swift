import WeirFormats
import WeirSimulation

/// `manifest.json`: what was run, in full, and what came out, by digest.
enum Manifest {
  static let fileName = "manifest.json"

  /// The manifest of a study of which the first `runs` are done.
  static func document(
    _ study: Study, command: String, runs: Int, _ precision: PrecisionOutcome? = nil,
    files: [OutputFile]
  ) -> JSONNode {
    let scenario = study.scenario
    let canonical = study.file.canonical
    let axes: [(String, JSONNode)] =
      study.axes.isEmpty ? [] : [("axes", .list(study.axes.map(axis)))]
    let stopping = precision.map { ("stopping", $0.document(metric: scenario.primaryMetric)) }
    return .object(
      [
        ("weir", .text(WeirVersion.current)),
        ("name", .text(scenario.name)),
        ("description", .text(scenario.description)),
        ("file", .text(study.file.fileName)),
        ("command", .text(command)),
        ("seed", .text(String(scenario.seed))),
        ("random", .text(WeirVersion.random)),
        ("replications", .number(study.replications)),
      ] + [stopping].compactMap { $0 } + [
        ("runs", .number(runs)),
        ("complete", .flag(runs == study.count)),
        ("policies", .list(scenario.policies.map { .text($0.name) })),
        ("baseline", .text(scenario.baseline)),
      ] + axes + [
        ("points", .list(study.points.map { .text($0.name) })),
        ("primaryMetric", .text(scenario.primaryMetric.name)),
        ("quantiles", "nearest rank: the value number ceil(n p) in ascending order"),
        ("intervals", "two-sided 95 % Student-t intervals over replications, each by itself"),
        ("inputs", .list(study.file.inputs.map(input))),
        ("files", .list(files.map(file))),
        ("planDigest", .text(study.planDigest)),
        ("scenarioDigest", .text(study.file.scenarioDigest)),
        ("scenario", canonical),
      ])
  }

  private static func axis(_ axis: SweepAxis) -> JSONNode {
    .object([("column", .text(axis.name)), ("pointer", .text(axis.pointer.description))])
  }

  private static func file(_ file: OutputFile) -> JSONNode {
    .object([
      ("name", .text(file.name)), ("bytes", .number(file.size)),
      ("sha256", .text(file.hexadecimalDigest)),
    ])
  }

  /// A file that the scenario names, by the path that it writes: where it lies does not matter.
  static func input(_ input: InputFile) -> JSONNode {
    .object([
      ("path", .text(input.path)), ("bytes", .number(input.storedSize)),
      ("sha256", .text(input.storedDigest)),
    ])
  }

  /// Whose results a manifest belongs to; `nil` when it does not say so.
  static func owner(in manifest: JSONNode) -> ResultFolder.Owner? {
    guard let name = manifest["name"]?.text, let file = manifest["file"]?.text else { return nil }
    return ResultFolder.Owner(name: name, file: file)
  }
}

/// The version of Weir, which together with a scenario decides every byte of its results.
public enum WeirVersion {
  /// The version of this build.
  public static let current = "0.1.0"

  /// How its random samples are made, which belongs to the version.
  public static let random =
    "Philox 4x32-10; each sample is addressed below (seed, replication), never by policy"
}
