import Foundation
import Testing
import WeirAccess
import WeirFormats
import WeirSimulation

@testable import WeirLab

@Suite struct RunStoreTests {
  /// The record of the first run of the tiny study, alone in a folder.
  struct Kept {
    let scratch: Scratch
    let study: Study
    let tables: [any RunTable]
    let address: String
    let store: RunStore
    /// What the store says that it keeps.
    let kept: FinishedRun

    init() throws {
      scratch = try Scratch()
      study = try TinyScenario.study()
      address = study.address(of: study.run(0))
      store = RunStore(path: scratch.path + "/runs", build: Self.build)
      tables = ResultFiles.runTables(study, StudyPlan.Extras())
      let record = RunRecord(
        study: study, run: study.run(0), result: StudyRunner.result(of: 0, in: study))
      kept = try RunStoreWriter(store).keep(record, tables, at: address)
    }

    static let build = String(repeating: "b", count: 32)

    var place: String { store.place(of: address) }

    func bytes() throws -> [UInt8] {
      [UInt8](try #require(FileManager.default.contents(atPath: place)))
    }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: place)) }

    /// Why the record does not serve; `nil` when it does.
    func problem(
      _ other: RunStore? = nil, at address: String? = nil, with tables: [any RunTable]? = nil
    ) -> RunRecordFile.Problem? {
      do throws(RunRecordFile.Problem) {
        _ = try (other ?? store).find(
          address ?? self.address, with: tables ?? self.tables, in: study)
        return nil
      } catch {
        return error
      }
    }
  }

  @Test("a record gives back the measures and rows of its run, bit for bit")
  func roundTrip() throws {
    let kept = try Kept()
    let result = StudyRunner.result(of: 0, in: kept.study)
    let fresh = FinishedRun(
      RunRecord(study: kept.study, run: kept.study.run(0), result: result), kept.tables)
    let found = try kept.store.find(kept.address, with: kept.tables, in: kept.study)
    for run in [found, kept.kept] {
      #expect(run.measures == fresh.measures)
      #expect(run.rows == fresh.rows)
      #expect(Array(run.bytes) == Array(fresh.bytes))
    }
    #expect(kept.scratch.contents == ["runs"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: kept.store.path)
        == [kept.address + ".run"])
  }

  @Test("the same run is the same record, byte for byte")
  func sameBytes() throws {
    #expect(try Kept().bytes() == Kept().bytes())
  }

  @Test("a record in which any one bit is wrong is damaged, or not that of this run and build")
  func flipped() throws {
    let kept = try Kept()
    let whole = try kept.bytes()
    // All of the first line, and a sample of the rest.
    let places = Array(0..<190) + Array(stride(from: 190, to: whole.count, by: 211))
    for place in places {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      try kept.write(bytes)
      let problem = kept.problem()
      let isKnown = [.damaged, .foreign, .otherBuild].contains(problem)
      #expect(isKnown, "\(String(describing: problem)) with a wrong bit at \(place)")
    }
    try kept.write(whole)
    #expect(kept.problem() == nil)
  }

  @Test("a record that is cut off anywhere, or has something after its end, is damaged")
  func cut() throws {
    let kept = try Kept()
    let whole = try kept.bytes()
    for length in Array(0..<200) + Array(stride(from: 200, to: whole.count, by: 197)) {
      try kept.write(Array(whole[..<length]))
      #expect(kept.problem() == .damaged, "cut to \(length) bytes")
    }
    try kept.write(whole + [0])
    #expect(kept.problem() == .damaged)
  }

  @Test("a record under another's name is foreign, and one that is not there is absent")
  func foreign() throws {
    let kept = try Kept()
    let other = kept.study.address(of: kept.study.run(1))
    #expect(kept.problem(at: other) == .absent)
    try FileManager.default.copyItem(atPath: kept.place, toPath: kept.store.place(of: other))
    #expect(kept.problem(at: other) == .foreign)
  }

  @Test("what another build of Weir has made is not taken")
  func build() throws {
    let kept = try Kept()
    let other = RunStore(path: kept.store.path, build: String(repeating: "c", count: 32))
    #expect(kept.problem(other) == .otherBuild)
  }

  @Test("a record without the rows that are asked for says which it lacks")
  func lacking() throws {
    let kept = try Kept()
    let more = kept.tables + [AccountsTable(kept.study), IntentsTable(kept.study)]
    #expect(kept.problem(with: more) == .lacks(["accounts", "intents"]))
    #expect(
      RunRecordFile.Problem.lacks(["accounts", "intents"]).words
        == "its record has no accounts.csv, intents.csv")
  }

  @Test("numbers of any size keep all their bits")
  func measures() throws {
    var row = MetricRow()
    let values = [
      -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 0.1, 1.0 / 3,
      -1e-7, 1e16,
    ]
    for (metric, value) in zip(Metric.allCases, values) { row[metric] = value }
    var tally = LayerTally()
    tally.paidByProduct = [0, Units(.max)]
    tally.refused[1] = .max
    let measures = RunMeasures(
      metrics: row, unlabelled: row, populations: [MetricRow(), row],
      paidShares: [nil, -0.0, 0.25],
      layers: [tally, LayerTally()], queueRefusals: .max, isSaturated: true,
      load: [.init(busy: 0, capacity: 1), .init(busy: Int128(Int64.max) * 3, capacity: .max)])
    let text = JSONWriter.compact(measures.document)
    let node = try #require(JSONNode.parse(SourceFile(name: "measures", text: text)).node)
    let again = try #require(RunMeasures(node))
    #expect(again == measures)
    for (metric, value) in zip(Metric.allCases, values) {
      #expect(again.populations[1][metric]?.bitPattern == value.bitPattern, "\(value)")
    }
    #expect(again.paidShares[1]?.sign == .minus)
  }

  @Test(
    "a document that is not one of measures is none",
    arguments: [
      #"{}"#, #"{"saturated": 1, "metrics": {}, "populations": [], "paidShares": []}"#,
      #"{"saturated": true, "metrics": {"x": 1}, "populations": [], "paidShares": []}"#,
      #"{"saturated": true, "metrics": {}, "populations": [1], "paidShares": []}"#,
      #"{"saturated": true, "metrics": {}, "populations": [], "paidShares": ["1"]}"#,
    ])
  func noMeasures(_ text: String) throws {
    let node = try #require(JSONNode.parse(SourceFile(name: "measures", text: text)).node)
    #expect(RunMeasures(node) == nil)
  }
}
