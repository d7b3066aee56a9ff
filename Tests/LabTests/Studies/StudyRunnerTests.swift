import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

@Suite struct StudyRunnerTests {
  /// Runs the tiny study and returns the bytes of its files by name.
  static func files(
    jobs: Int, in scratch: Scratch, name: String, _ overrides: ScenarioOverrides = .init(),
    accounts: Bool = true
  ) throws -> [String: Data] {
    try files(
      of: try TinyScenario.study(overrides), jobs: jobs, in: scratch, name: name,
      accounts: accounts)
  }

  /// Runs a study and returns the bytes of its files by name.
  static func files(
    of study: Study, jobs: Int, in scratch: Scratch, name: String, accounts: Bool = true
  ) throws -> [String: Data] {
    let options = StudyOptions(
      jobs: jobs, folder: scratch.path + "/" + name, writesAccounts: accounts, for: study)
    let outcome = try StudyRunner.run(study, options)
    return try resultBytes(of: outcome.folder, withProvenance: true)
  }

  static let names = [
    "accounts.csv", "comparison.csv", "datapackage.json", "latency.csv", "layers.csv",
    "lorenz.csv", "manifest.json", "populations.csv", "provenance.json", "runs.csv",
    "thresholds.csv", "timeline.csv", "usage.csv",
  ]

  @Test("the same bytes come out whatever the threads, twice, but for the provenance")
  func deterministic() throws {
    let scratch = try Scratch()
    let first = try Self.files(jobs: 1, in: scratch, name: "one")
    #expect(first.keys.sorted() == Self.names)
    for (name, jobs) in [("again", 1), ("two", 2)] {
      let other = try Self.files(jobs: jobs, in: scratch, name: name)
      for file in Self.names where file != Provenance.fileName {
        #expect(other[file] == first[file], "\(file) with \(jobs) threads")
      }
    }
  }

  @Test("another seed gives other results")
  func seeds() throws {
    let scratch = try Scratch()
    let first = try Self.files(jobs: 2, in: scratch, name: "one")
    let other = try Self.files(
      jobs: 2, in: scratch, name: "two", ScenarioOverrides([.seed("1")]))
    #expect(other["timeline.csv"] != first["timeline.csv"])
    #expect(other["datapackage.json"] == first["datapackage.json"])
  }

  @Test("the outcome has every comparison and threshold, and progress came after each run")
  func outcome() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    var done: [Int] = []
    let options = StudyOptions(jobs: 2, folder: scratch.path + "/tiny", for: study)
    let outcome = try StudyRunner.run(study, options) { progress in
      done.append(progress.done)
      #expect(progress.total == 6)
    }
    #expect(done == [1, 2, 3, 4, 5, 6])
    #expect(outcome.isComplete)
    #expect(outcome.summary.completeReplications == 3)
    #expect(outcome.thresholds.map(\.result.outcome) == [.pass])
    let served = outcome.comparisons.filter { $0.metric == .servedShare }
    #expect(served.map(\.count) == [3, 3])
    // More is paid for in a waterfall than under a hard stop, in the same worlds.
    #expect(try #require(served[1].paired).difference.mean > 0)
    #expect(scratch.contents == ["tiny"])
  }

  @Test("after a cancellation the runs that were done are beside the place")
  func cancelled() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study(ScenarioOverrides([.replications("50")]))
    let cancellation = Cancellation()
    let options = StudyOptions(jobs: 1, folder: scratch.path + "/tiny", for: study)
    let outcome = try StudyRunner.run(study, options, cancellation: cancellation) { progress in
      if progress.done == 3 { cancellation.cancel() }
    }
    #expect(!outcome.isComplete)
    #expect(scratch.contents == ["tiny.incomplete"])
    let folder = try #require(outcome.folder)
    #expect(folder.hasSuffix("/tiny.incomplete"))
    let manifest = try String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"complete\": false"))
  }

  @Test("a study that is cancelled before its first run leaves nothing")
  func cancelledAtOnce() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    let cancellation = Cancellation()
    cancellation.cancel()
    let options = StudyOptions(jobs: 2, folder: scratch.path + "/tiny", for: study)
    let outcome = try StudyRunner.run(study, options, cancellation: cancellation)
    #expect(outcome.folder == nil)
    #expect(scratch.contents.isEmpty)
  }

  @Test("a place that cannot be written ends the study before it begins")
  func unwritable() throws {
    let study = try TinyScenario.study()
    let options = StudyOptions(jobs: 1, folder: "/proc/tiny", for: study)
    let failure = #expect(throws: StudyFailure.self) {
      try StudyRunner.run(study, options) { _ in Issue.record("a run was made") }
    }
    guard case .results(.cannotWrite) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  @Test("a run whose backlog grows for ever has no averages over time")
  func saturated() throws {
    var row = MetricRow()
    row[.queueWaitMean] = 4
    row[.endToEndP50] = 5
    var result = RunResult.made(row, populations: [row])
    result.dropSteadyState()
    #expect(result.metrics[.queueWaitMean] == 4)
    result.isSaturated = true
    result.dropSteadyState()
    #expect(result.metrics[.queueWaitMean] == nil)
    #expect(result.metrics[.endToEndP50] == 5)
    #expect(result.populations[0][.queueWaitMean] == nil)
  }
}
