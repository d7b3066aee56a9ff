public import WeirFormats
import WeirSimulation

/// The putting together of a study whose runs were made in shards, anywhere and in any order.
///
/// The plan says which records belong to it; they are looked for by their addresses, never by what
/// happens to be in a folder. The results are those of a study that was run at once, byte for byte,
/// but for the provenance.
public struct StudyMerge: Sendable {
  /// The plan of the study.
  public let plan: StudyPlan
  private let folders: [ShardFolder]
  private let tables: [[any RunTable]]

  /// Reads the plan in `folders`, which must be the same in all that have one.
  ///
  /// - Parameters:
  ///   - folders: The folders that shards wrote to; one that is not there holds no runs.
  ///   - extensions: Layers, workloads and other variants of other packages.
  public init(
    _ folders: [String], extensions: Extensions = Extensions()
  ) throws(MergeFailure) {
    self.folders = folders.map { ShardFolder(path: ResultPath.withoutSlashes($0)) }
    var documents: [(folder: String, document: JSONNode)] = []
    var absent: [String] = []
    for folder in self.folders {
      switch folder.plan {
      case .success(let document): documents.append((folder.path, document))
      case .failure(let failure): absent.append("\(folder.path)/plan.json: \(failure.reason)")
      }
    }
    guard let first = documents.first else { throw .noPlan(absent) }
    let digests = documents.map { $0.document["planDigest"]?.text ?? "" }
    if let other = digests.firstIndex(where: { $0 != digests[0] }) {
      throw .otherPlans(first.folder, documents[other].folder)
    }
    do throws(StudyPlan.Problem) {
      plan = try StudyPlan(first.document, extensions: extensions)
    } catch {
      throw MergeFailure(error, folder: first.folder)
    }
    let (study, extras) = (plan.study, plan.extras)
    tables = study.points.map { ResultFiles.runTables(study.at($0.index), extras) }
  }

  /// Writes the results of the study to `folder`.
  ///
  /// - Parameters:
  ///   - folder: The folder of the results.
  ///   - jobs: The number of threads that read records.
  ///   - replacesOthers: Whether a folder of another study may be replaced.
  public func write(
    to folder: String, jobs: Int, replacesOthers: Bool = false
  ) throws(MergeFailure) -> StudyOutcome {
    try check(jobs: jobs)
    var options = StudyOptions(
      jobs: jobs, folder: folder, replacesOthers: replacesOthers, for: plan.study)
    options.extras = plan.extras
    let maker = RunMaker(
      study: plan.study, options: options,
      stores: folders.map { RunStore(path: $0.path, build: nil) }, writer: nil, makesRuns: false)
    do throws(StudyFailure) {
      let files = try StudyRunner.writing { () throws(ResultFailure) in
        try ResultFiles(plan.study, options)
      }
      return try StudyRunner.run(maker, files)
    } catch {
      throw .study(error)
    }
  }

  // MARK: Completeness

  /// What is known of a run before anything is written.
  private enum Finding: Sendable {
    case found
    case missing(String)
    case contradiction([String])
  }

  /// Checks that every run is there, and that those which were made twice came out the same.
  private func check(jobs: Int) throws(MergeFailure) {
    var missing: [MissingRun] = []
    let study = plan.study
    _ = try OrderedRunner(jobs: jobs, window: 64 * jobs).run(
      count: study.count, cancellation: Cancellation(), produce: { find(study.run($0)) },
      consume: { index, finding throws(MergeFailure) in
        switch finding {
        case .found: break
        case .missing(let reason): missing.append(MissingRun(run: study.run(index), reason: reason))
        case .contradiction(let places):
          throw .contradiction(run: study.run(index), places: places)
        }
      })
    if !missing.isEmpty {
      throw .missing(missing, of: study.count, commands: commands(for: missing))
    }
  }

  private func find(_ run: Run) -> Finding {
    let address = plan.study.address(of: run)
    let narrowed = plan.study.at(run.point)
    var digests: [(digest: String, place: String)] = []
    var reason = RunRecordFile.Problem.absent
    for folder in folders {
      let store = RunStore(path: folder.path, build: nil)
      do throws(RunRecordFile.Problem) {
        let content = try store.content(address, with: tables[run.point], in: narrowed)
        digests.append((content.digest, store.place(of: address)))
      } catch {
        if error != .absent { reason = error }
      }
    }
    guard let first = digests.first else { return .missing(reason.words) }
    if let other = digests.first(where: { $0.digest != first.digest }) {
      return .contradiction([first.place, other.place])
    }
    return .found
  }

  /// The commands that make what is missing: of whole shards where shards are known, otherwise of
  /// the runs alone.
  private func commands(for missing: [MissingRun]) -> [String] {
    let marks = folders.flatMap { folder in
      folder.marks(planDigest: plan.digest).map { (folder: folder.path, mark: $0) }
    }
    let command = plan.study.file.commandHere
    let folder = folders[0].path
    guard let count = marks.first?.mark.shard.count else {
      return missing.map {
        "\(command) --only \(ScenarioFile.shellWord($0.run.id)) --records "
          + ScenarioFile.shellWord(folder)
      }
    }
    var indices: [Int] = []
    for run in missing where !indices.contains(run.run.index % count) {
      indices.append(run.run.index % count)
    }
    return indices.sorted().map { index in
      let shard = Shard(index: index, count: count)
      if let known = marks.first(where: { $0.mark.shard == shard }) { return known.mark.command }
      return "\(command)\(plan.extras.options) --shard \(shard) -o "
        + ScenarioFile.shellWord(folder)
    }
  }
}

extension StudyPlan.Extras {
  /// The options that ask for these files, each after a space.
  public var options: String {
    (accounts ? " --accounts" : "") + (intents ? " --intents" : "") + (events ? " --events" : "")
      + withoutOption
  }

  /// The option that leaves tables out, after a space; empty when none is.
  var withoutOption: String {
    leavesOut.isEmpty ? "" : " --without " + leavesOut.joined(separator: ",")
  }
}
