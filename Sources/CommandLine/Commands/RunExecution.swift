import Foundation
import WeirAccess
import WeirFormats
import WeirLab
import WeirReports
import WeirSimulation

/// A study while `weir run` carries it out: what a person sees of it, and how the process ends.
struct RunExecution {
  let study: Study
  let options: StudyOptions
  let arguments: Arguments
  let console: Console
  /// The account whose story is told at the end; `nil` for none.
  let tracedAccount: AccountIndex?

  private var isQuiet: Bool { arguments.has("--quiet") }

  /// Makes all runs and writes the results.
  func carryOut() -> ExitCode {
    let interruption = Interruption()
    interruption.listen()
    var line = ProgressLine(console, isQuiet: isQuiet)
    let started = Date()
    do throws(StudyFailure) {
      let outcome = try StudyRunner.run(
        study, options, cancellation: interruption.cancellation,
        progress: { line.show($0) },
        failed: { failure in
          line.clear()
          show(failure)
        })
      line.clear()
      report(outcome, Date().timeIntervalSince(started))
      tellStories()
      if arguments.has("--report"), let folder = outcome.folder {
        let code = ReportCommand.write(
          folder, to: folder + "/report.html", isQuiet: isQuiet, console)
        if code != .success { return code }
      }
      if !outcome.isComplete { return .interrupted }
      if outcome.precision?.shortfall != nil { return .incomplete }
      return .of(outcome.thresholds, isStrict: arguments.has("--strict"))
    } catch {
      line.clear()
      return report(error)
    }
  }

  /// Makes some runs, by their numbers, and keeps their records.
  func keep(_ runs: [Int]) -> ExitCode {
    keep("\(Self.runs(runs.count))") {
      cancellation, progress, failed throws(StudyFailure) in
      try StudyRunner.keep(
        runs, of: study, options, cancellation: cancellation, progress: progress, failed: failed)
    }
  }

  /// Makes the runs of a shard and keeps their records, for `weir merge`.
  func keep(_ shard: Shard) -> ExitCode {
    let count = shard.runs(of: study.count).count
    let command =
      study.file.commandHere + options.extras.options + " --shard \(shard) -o "
      + ScenarioFile.shellWord(options.records ?? "")
    return keep("shard \(shard), \(Self.runs(count))") {
      cancellation, progress, failed throws(StudyFailure) in
      try StudyRunner.keep(
        shard, of: study, options, command: command, cancellation: cancellation,
        progress: progress, failed: failed)
    }
  }

  private func keep(
    _ what: String,
    _ make: (Cancellation, (StudyProgress) -> Void, (RunFailure) -> Void) throws(StudyFailure) -> (
      tally: RunTally, isComplete: Bool
    )
  ) -> ExitCode {
    let interruption = Interruption()
    interruption.listen()
    var line = ProgressLine(console, isQuiet: isQuiet)
    let started = Date()
    do throws(StudyFailure) {
      let (tally, isComplete) = try make(
        interruption.cancellation, { line.show($0) },
        { failure in
          line.clear()
          show(failure)
        })
      line.clear()
      if !isQuiet || !isComplete {
        let done = tally.made + tally.reused
        let time = Self.duration(Date().timeIntervalSince(started))
        let end = isComplete ? "" : "interrupted: \(done) of "
        console.warn(
          "\(end)\(what) in \(time)\(Self.before(tally)); kept in \(options.records ?? "")\n")
        for remark in tally.remarks { console.warn("note: \(remark)\n") }
      }
      return isComplete ? .success : .interrupted
    } catch {
      line.clear()
      return report(error)
    }
  }

  // MARK: What a person sees

  private func report(_ outcome: StudyOutcome, _ seconds: Double) {
    if arguments.has("--json") {
      console.write(JSONWriter.pretty(StudySummaryDocument.document(outcome)))
    } else if !isQuiet, outcome.summary.completeReplications > 0 {
      let style = console.style
      console.write(StudyTables.text(outcome, style))
    }
    guard !isQuiet || !outcome.isComplete else { return }
    for remark in outcome.tally.remarks { console.warn("note: \(remark)\n") }
    let study = outcome.summary.study
    let before = Self.before(outcome.tally)
    if let precision = outcome.precision { console.warn(Self.text(precision, study) + "\n") }
    guard let folder = outcome.folder else {
      return console.warn("interrupted before a replication was complete; nothing is written\n")
    }
    if outcome.isComplete {
      console.warn(
        "\(Self.runs(study.count)) in \(Self.duration(seconds))\(before); results in \(folder)\n")
    } else {
      let done = "\(outcome.summary.runCount) of \(study.count) runs"
      let complete = "\(outcome.summary.completeReplications) of \(study.replications) replications"
      console.warn(
        "interrupted after \(done) (\(complete) complete); these are in \(folder)\n"
          + "the same command continues\n")
    }
  }

  private func tellStories() {
    guard let account = tracedAccount else { return }
    let style = TextStyle(width: min(console.place.width, 80))
    let stories = RunStory.stories(of: account, in: study)
    console.write((isQuiet ? "" : "\n") + AccountStories.text(stories, study, style))
  }

  /// Whether the study is as precise as was wished, in words.
  private static func text(_ outcome: PrecisionOutcome, _ study: Study) -> String {
    let metric = study.scenario.primaryMetric.name
    guard let shortfall = outcome.shortfall else {
      return "\(metric) is known to \(outcome.precision.text) after \(study.replications)"
        + " replications"
    }
    let place =
      "\(study.scenario.policies[shortfall.policy].name) at \(study.points[shortfall.point].name)"
    if shortfall.undefined > 0 {
      return "\(metric) of \(place) has no value in \(shortfall.undefined) of"
        + " \(study.replications) replications, so that no number of them is enough"
    }
    let width = shortfall.interval?.relativeHalfWidth.map {
      NumberText.fixed($0 * 100, digits: 2) + " % of its mean"
    }
    return "\(metric) of \(place) is known to \(width ?? "no share") after"
      + " \(study.replications) replications, not to \(outcome.precision.text); --at-most allows"
      + " no more batches"
  }

  private static func runs(_ count: Int) -> String { NumberText.counted(count, "run", "runs") }

  private static func duration(_ seconds: Double) -> String {
    NumberText.duration(nanoseconds: Int64(seconds * 1e9))
  }

  private static func before(_ tally: RunTally) -> String {
    tally.reused == 0 ? "" : ", \(tally.reused) of them done before"
  }

  /// Says at once that a run failed, and how to have it alone.
  private func show(_ failure: RunFailure) {
    Self.show(failure.run, failure.invariants, console)
    let name = ScenarioFile.shellWord(failure.run.id)
    console.warn("  make it alone: \(study.file.commandHere) --only \(name) --again\n")
  }

  /// Says which invariants a run broke.
  static func show(_ run: Run, _ invariants: [BrokenInvariant], _ console: Console) {
    let isFault = invariants.contains { $0.number > 0 }
    let what = isFault ? "broke an invariant; this is a fault of Weir" : "was given up"
    console.warn("weir: run \(run.id) \(what)\n")
    for invariant in invariants { console.warn("  \(invariant)\n") }
  }

  private func report(_ failure: StudyFailure) -> ExitCode { Self.report(failure, console) }

  /// Says why there are no results.
  static func report(_ failure: StudyFailure, _ console: Console) -> ExitCode {
    switch failure {
    case .broken:
      console.warn("weir: no results are written; runs that ended well are kept\n")
      return .violatedInvariant
    case .results(.cannotWrite(let path, let reason)):
      console.warn("weir: cannot write \(path): \(reason)\n")
    case .results(.occupied(let folder, let occupant)):
      console.warn("weir: \(folder) is left as it is: \(words(occupant))\n")
      console.warn("  choose another folder with -o FOLDER, or replace this one with --force\n")
    }
    return .cannotWrite
  }

  private static func words(_ occupant: ResultFailure.Occupant) -> String {
    switch occupant {
    case .otherFiles: "it holds files that Weir did not write"
    case .notAFolder: "it is not a folder"
    case .study(let name, let file): "it holds the results of \(name) (\(file))"
    }
  }
}
