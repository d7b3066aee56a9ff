import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// Studies that were made in parts, against the same ones made at once.
@Suite struct StudyMergeTests {
  /// A study of 24 runs in two policies, two points and six replications, from a file on the disk.
  struct Sharded {
    let scratch: Scratch
    let study: Study
    let whole: [String: Data]

    init(accounts: Bool = true) throws {
      scratch = try Scratch()
      let path = scratch.path + "/tiny.json"
      let text = SweptScenario.text(#"{"grid": {"/fleet/0/servers": [2, 3]}}"#)
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      study = Study(
        try ScenarioFile(path, overrides: ScenarioOverrides([.replications("6")])))
      let options = StudyOptions(
        jobs: 2, folder: scratch.path + "/whole", writesAccounts: accounts, for: study)
      whole = try resultBytes(of: try StudyRunner.run(study, options).folder)
    }

    func make(
      _ index: Int, of count: Int, in folder: String = "shards", jobs: Int = 1,
      accounts: Bool = true, again: Bool = false
    ) throws {
      let options = StudyOptions(
        jobs: jobs, folder: scratch.path + "/unused", writesAccounts: accounts,
        records: scratch.path + "/" + folder, runsAgain: again, for: study)
      let shard = Shard(index: index, count: count)
      let (tally, isComplete) = try StudyRunner.keep(
        shard, of: study, options, command: "weir run tiny.json --shard \(shard)")
      #expect(isComplete)
      #expect(tally.failed.isEmpty)
    }

    func merge(_ folders: String..., jobs: Int = 2) throws -> [String: Data] {
      try resultBytes(of: try outcome(folders, jobs: jobs).folder)
    }

    func outcome(_ folders: [String], jobs: Int = 2) throws -> StudyOutcome {
      try StudyMerge(folders.map { scratch.path + "/" + $0 })
        .write(to: scratch.path + "/merged", jobs: jobs)
    }

    func record(_ index: Int, in folder: String = "shards") -> String {
      RunStore(path: scratch.path + "/" + folder).place(of: study.address(of: study.run(index)))
    }
  }

  @Test("shards in any order come to the bytes of the whole", arguments: [1, 2, 3, 7, 100])
  func parts(_ count: Int) throws {
    let sharded = try Sharded()
    for index in (0..<count).reversed() { try sharded.make(index, of: count) }
    #expect(try sharded.merge("shards", jobs: 1) == sharded.whole)
  }

  @Test("shards in folders of their own, one of them made twice, come to the same bytes")
  func folders() throws {
    let sharded = try Sharded()
    for index in 0..<3 { try sharded.make(index, of: 3, in: "shard \(index)", jobs: 2) }
    try sharded.make(1, of: 3, in: "again", again: true)
    #expect(try sharded.merge("shard 2", "again", "shard 0", "shard 1") == sharded.whole)
  }

  @Test("what is missing is named, with the commands that make it")
  func missing() throws {
    let sharded = try Sharded()
    for index in [0, 2, 3] { try sharded.make(index, of: 4) }
    try FileManager.default.removeItem(atPath: sharded.record(3))
    try Data("x".utf8).write(to: URL(fileURLWithPath: sharded.record(2)))
    do {
      _ = try sharded.merge("shards")
      Issue.record("merged")
    } catch MergeFailure.missing(let runs, let count, let commands) {
      #expect(count == 24)
      #expect(runs.map(\.run.index) == [1, 2, 3, 5, 9, 13, 17, 21])
      #expect(runs.map(\.reason).filter { $0 == "not run yet" }.count == 7)
      #expect(runs[1].reason == "its record is damaged")
      let path = sharded.scratch.path
      #expect(
        commands == [
          "weir run \(path)/tiny.json --replications 6 --accounts --shard 1/4 -o \(path)/shards",
          "weir run tiny.json --shard 2/4", "weir run tiny.json --shard 3/4",
        ])
    }
    #expect(!sharded.scratch.contents.contains("merged"))
    for index in 1...3 { try sharded.make(index, of: 4) }
    #expect(try sharded.merge("shards") == sharded.whole)
  }

  @Test("a run that came out differently twice is a contradiction, whatever the build")
  func contradiction() throws {
    let sharded = try Sharded()
    try sharded.make(0, of: 1, in: "first")
    try sharded.make(0, of: 1, in: "second")
    // The same record with another measure and a digest that fits.
    let place = sharded.record(5, in: "second")
    let content = try RunRecordFile.read(place)
    let result = StudyRunner.result(of: 5, in: sharded.study)
    var wrong = result
    wrong.isSaturated.toggle()
    let run = sharded.study.run(5)
    let tables = ResultFiles.runTables(
      sharded.study.at(run.point), StudyPlan.Extras(accounts: true))
    try FileManager.default.removeItem(atPath: place)
    _ = try RunRecordFile.write(
      RunRecord(study: sharded.study.at(run.point), run: run, result: wrong), tables,
      address: content.address, build: String(repeating: "0", count: 32), to: place)
    do {
      _ = try sharded.merge("first", "second")
      Issue.record("merged")
    } catch MergeFailure.contradiction(let run, let places) {
      #expect(run.index == 5)
      #expect(places == [sharded.record(5, in: "first"), place])
    }
  }

  @Test("records of another build of the same version are put together")
  func otherBuild() throws {
    let sharded = try Sharded()
    try sharded.make(0, of: 1)
    let place = sharded.record(4)
    var bytes = [UInt8](try #require(FileManager.default.contents(atPath: place)))
    // The build is the fourth word of the first line, of 32 digits.
    let start = "weir-run-1".utf8.count + 1 + 65 + 65
    bytes.replaceSubrange(start..<(start + 32), with: Array(String(repeating: "0", count: 32).utf8))
    try Data(bytes).write(to: URL(fileURLWithPath: place))
    #expect(RunRecordFile.Problem.otherBuild.words.contains("another build"))
    #expect(try sharded.merge("shards") == sharded.whole)
  }

  @Test("folders without a plan, or with those of two studies, are refused")
  func plans() throws {
    let sharded = try Sharded()
    try sharded.make(0, of: 1)
    do {
      _ = try sharded.merge("nowhere")
      Issue.record("merged")
    } catch MergeFailure.noPlan(let reasons) {
      #expect(reasons == ["\(sharded.scratch.path)/nowhere/plan.json: there is no such file"])
    }
    let other = try TinyScenario.study()
    let options = StudyOptions(
      jobs: 1, folder: sharded.scratch.path + "/unused", records: sharded.scratch.path + "/other",
      for: other)
    _ = try StudyRunner.keep(Shard(index: 0, count: 9), of: other, options, command: "")
    do {
      _ = try sharded.merge("shards", "other")
      Issue.record("merged")
    } catch MergeFailure.otherPlans(let first, let second) {
      #expect(first.hasSuffix("/shards"))
      #expect(second.hasSuffix("/other"))
    }
  }

  @Test("a plan with another version, or whose digest is not that of its runs, is refused")
  func altered() throws {
    let sharded = try Sharded()
    try sharded.make(0, of: 1)
    let path = sharded.scratch.path + "/shards/plan.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (piece, other, word) in [
      ("\"weir\": \"\(WeirVersion.current)\"", "\"weir\": \"0.0.0\"", "version 0.0.0"),
      ("\\\"seed\\\": \\\"20261122\\\"", "\\\"seed\\\": \\\"7\\\"", "has changed"),
    ] {
      #expect(text.contains(piece))
      try text.replacing(piece, with: other).write(
        toFile: path, atomically: true, encoding: .utf8)
      do {
        _ = try sharded.merge("shards")
        Issue.record("merged with \(other)")
      } catch MergeFailure.invalidPlan(_, let reason) {
        #expect(reason.contains(word))
      }
    }
  }

  @Test("a folder with the plan of another study is left alone")
  func occupied() throws {
    let sharded = try Sharded()
    try sharded.make(0, of: 1)
    let other = Study(
      try TinyScenario.file(tiny(#""name": "tiny""#, by: #""name": "other""#)))
    let options = StudyOptions(
      jobs: 1, folder: sharded.scratch.path + "/unused",
      records: sharded.scratch.path + "/shards", for: other)
    let failure = #expect(throws: StudyFailure.self) {
      try StudyRunner.keep(Shard(index: 0, count: 1), of: other, options, command: "")
    }
    guard case .results(.occupied) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(try sharded.merge("shards") == sharded.whole)
  }

  @Test("a plan is the same wherever the scenario lies and however its members are ordered")
  func digest() throws {
    let one = StudyPlan(try TinyScenario.study())
    let turned = StudyPlan(Study(try TinyScenario.file(CanonicalDocumentTests.turned())))
    let elsewhere = StudyPlan(
      Study(try ScenarioFile("a/b.json", reader: .texts(["a/b.json": TinyScenario.text]))))
    #expect(one.digest == turned.digest)
    #expect(one.digest == elsewhere.digest)
    let other = StudyPlan(try TinyScenario.study(ScenarioOverrides([.seed("1")])))
    #expect(one.digest != other.digest)
    let more = StudyPlan(try TinyScenario.study(ScenarioOverrides([.replications("4")])))
    #expect(one.digest != more.digest)
  }

  @Test("a plan gives back the study with all that arguments changed in it")
  func overrides() throws {
    let overrides = ScenarioOverrides(
      [
        try #require(.init(parsing: "/fleet/0/servers=2")), .seed("7"), .replications("2"),
      ], policies: ["waterfall"])
    let plan = StudyPlan(
      try TinyScenario.study(overrides), extras: .init(accounts: true, events: true))
    let text = JSONWriter.pretty(plan.document)
    let node = try #require(JSONNode.parse(SourceFile(name: "plan.json", text: text)).node)
    let again = try StudyPlan(node, reader: .texts([:]))
    #expect(again.digest == plan.digest)
    #expect(again.extras == plan.extras)
    #expect(again.study.file.command == plan.study.file.command)
    #expect(again.study.runs == plan.study.runs)
  }
}
