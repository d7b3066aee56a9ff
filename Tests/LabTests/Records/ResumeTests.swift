import Foundation
import Testing
import WeirSimulation

@testable import WeirLab

/// Studies that find some of their runs done, against the same ones that find none.
@Suite struct ResumeTests {
  /// A study with its results in `name`, and the records that all studies of the scratch share.
  private func options(
    _ study: Study, _ name: String, in scratch: Scratch, jobs: Int = 2, accounts: Bool = false,
    keeps: Bool = true
  ) -> StudyOptions {
    StudyOptions(
      jobs: jobs, folder: scratch.path + "/" + name, writesAccounts: accounts,
      records: keeps ? scratch.path + "/runs" : nil, for: study)
  }

  @Test("a study that was interrupted goes on where it stopped, to the undisturbed bytes")
  func interrupted() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study(ScenarioOverrides([.replications("8")]))
    let cancellation = Cancellation()
    let first = try StudyRunner.run(
      study, options(study, "a", in: scratch, jobs: 1), cancellation: cancellation
    ) { progress in
      if progress.done == 5 { cancellation.cancel() }
    }
    #expect(!first.isComplete)
    let second = try StudyRunner.run(study, options(study, "a", in: scratch))
    #expect(second.tally.reused >= 5)
    #expect(second.tally.reused + second.tally.made == 16)
    #expect(second.tally.remarks.isEmpty)
    let alone = try StudyRunner.run(study, options(study, "b", in: scratch, keeps: false))
    #expect(alone.tally.reused == 0)
    #expect(try resultBytes(of: second.folder) == resultBytes(of: alone.folder))
  }

  @Test("more replications reuse the first ones, and equal a study that was made at once")
  func extended() throws {
    let scratch = try Scratch()
    let few = try TinyScenario.study()
    let many = try TinyScenario.study(ScenarioOverrides([.replications("5")]))
    _ = try StudyRunner.run(few, options(few, "a", in: scratch))
    let extended = try StudyRunner.run(many, options(many, "a", in: scratch))
    #expect(extended.tally.reused == 6)
    #expect(extended.tally.made == 4)
    let fresh = try StudyRunner.run(many, options(many, "b", in: scratch, keeps: false))
    #expect(try resultBytes(of: extended.folder) == resultBytes(of: fresh.folder))
  }

  @Test("another policy and another point only add runs")
  func grown() throws {
    let scratch = try Scratch()
    let small = try TinyScenario.study(ScenarioOverrides(policies: ["waterfall"]))
    _ = try StudyRunner.run(small, options(small, "a", in: scratch))
    let large = try SweptScenario.study(#"{"grid": {"/fleet/0/servers": [2, 3]}}"#)
    let grown = try StudyRunner.run(large, options(large, "b", in: scratch))
    #expect(grown.tally.reused == 3)
    #expect(grown.tally.made == 9)
    let fresh = try StudyRunner.run(large, options(large, "c", in: scratch, keeps: false))
    #expect(try resultBytes(of: grown.folder) == resultBytes(of: fresh.folder))
  }

  @Test("runs whose records lack a file are made again, which is said")
  func lacking() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    _ = try StudyRunner.run(study, options(study, "a", in: scratch))
    let more = try StudyRunner.run(study, options(study, "b", in: scratch, accounts: true))
    #expect(more.tally.made == 6)
    #expect(more.tally.remarks == ["6 runs made again: its record has no accounts.csv"])
    let less = try StudyRunner.run(study, options(study, "c", in: scratch))
    #expect(less.tally.reused == 6)
  }

  @Test("a damaged record is made again")
  func damaged() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    let first = try StudyRunner.run(study, options(study, "a", in: scratch))
    let store = RunStore(path: scratch.path + "/runs")
    let place = store.place(of: study.address(of: study.run(2)))
    try Data("weir-run-1".utf8).write(to: URL(fileURLWithPath: place))
    let second = try StudyRunner.run(study, options(study, "b", in: scratch))
    #expect(second.tally.reused == 5)
    #expect(second.tally.remarks == ["1 run made again: its record is damaged"])
    #expect(try resultBytes(of: second.folder) == resultBytes(of: first.folder))
  }

  @Test("all is made again when that is asked for")
  func again() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    var options = options(study, "a", in: scratch)
    _ = try StudyRunner.run(study, options)
    options.runsAgain = true
    let outcome = try StudyRunner.run(study, options)
    #expect(outcome.tally.made == 6)
    #expect(outcome.tally.reused == 0)
  }

  @Test("a run that fails is told at once, and the others are made and kept")
  func failing() throws {
    let scratch = try Scratch()
    let study = try ForgetfulFund.study()
    var failures: [RunFailure] = []
    var done = 0
    let error = #expect(throws: StudyFailure.self) {
      try StudyRunner.run(
        study, options(study, "a", in: scratch), progress: { done = $0.done },
        failed: { failures.append($0) })
    }
    guard case .broken(let run, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(run.id == "waterfall/base/0")
    #expect(failures.map(\.run.policyName) == ["waterfall", "waterfall", "waterfall"])
    #expect(failures.allSatisfy { Set($0.invariants.map(\.number)) == [2] })
    #expect(done == 6)
    #expect(scratch.contents == ["runs"])
    let store = RunStore(path: scratch.path + "/runs")
    for run in study.runs {
      let place = store.place(of: study.address(of: run))
      #expect(FileManager.default.fileExists(atPath: place) == (run.policy == 0), "\(run.id)")
    }
  }

  @Test("runs are made by themselves, and kept")
  func alone() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    let (tally, isComplete) = try StudyRunner.keep(
      [4, 1], of: study, options(study, "a", in: scratch))
    #expect(isComplete)
    #expect(tally.made == 2)
    #expect(scratch.contents == ["runs"])
    let outcome = try StudyRunner.run(study, options(study, "a", in: scratch))
    #expect(outcome.tally.reused == 2)
  }
}
