import Foundation
import Testing
import WeirFormats
import WeirLab
import WeirSimulation

@testable import WeirReports

@Suite struct StudyResultsTests {
  @Test("what was written is read back")
  func facts() throws {
    let results = try SampleResults.shared()
    let facts = results.facts
    #expect(facts.name == "sample")
    #expect(facts.policies == ["open", "hard-stop", "waterfall", "adaptive"])
    #expect(facts.baseline == 1)
    #expect(facts.points == ["base"])
    #expect(facts.replications == 4)
    #expect(facts.isComplete)
    #expect(facts.times.horizon == 120)
    #expect(facts.times.warmup == 20)
    #expect(facts.primaryMetric == .servedShare)
    #expect(results.populations.map(\.name) == ["light", "scrapers"])
    #expect(results.populations.map(\.isAbusive) == [false, true])
    #expect(results.populations[0].plan == "free")
    #expect(results.thresholds.count == 5)
    #expect(results.headline.everyone.layers == ["planAllowance", "credits", "aimd"])
  }

  @Test("means of what is read back are those of the comparison, bit for bit")
  func means() throws {
    let results = try SampleResults.shared()
    var compared = 0
    for row in results.comparisons {
      let runs = try #require(
        row.population == AccountScope.everyoneName
          ? results.headline.everyone : results.headline.unlabelled)
      let values = runs.values(of: row.metric, policy: row.policy, point: row.point)
      #expect(MeanInterval(all: values)?.mean == row.mean, "\(row.metric)")
      #expect(MeanInterval(all: values)?.halfWidth == row.halfWidth, "\(row.metric)")
      if let difference = row.difference {
        let base = runs.values(
          of: row.metric, policy: results.facts.baseline, point: row.point)
        #expect(
          PairedComparison(all: base, candidate: values)?.difference.mean == difference)
        compared += 1
      }
    }
    #expect(compared > 30)
  }

  @Test("distributions and timelines have a value in each replication")
  func curves() throws {
    let results = try SampleResults.shared()
    let everyone = results.latency.filter { $0.population == "(all)" }
    #expect(everyone.count == 4 * 3)
    for curve in results.latency {
      #expect(curve.curve.places.last == 1)
      #expect(curve.curve.places == curve.curve.places.sorted())
    }
    for curve in results.lorenz {
      #expect(curve.accounts.means().first?.mean?.mean == 0)
      #expect(curve.service.means().last?.mean?.mean == 1)
    }
    #expect(results.timeline.intervals.count == 24)
    #expect(results.timeline.intervals.last?.end == 120)
    for policy in 0..<4 {
      let offered = try #require(results.timeline.values(of: "offered", policy: policy))
      #expect(offered.count == 24)
      #expect(offered.allSatisfy { $0.allSatisfy { $0 != nil } })
    }
    #expect(results.timeline.values(of: "no such column", policy: 0) == nil)
  }

  @Test("what layers paid and refused is read for each policy")
  func layers() throws {
    let results = try SampleResults.shared()
    let waterfall = results.layers.filter { $0.policy == 2 }
    #expect(waterfall.map(\.name) == ["planAllowance", "credits", "(queue)"])
    #expect(waterfall[1].paid.allSatisfy { ($0 ?? 0) > 0 })
    #expect(waterfall[1].refusals.contains { $0 > 0 })
    #expect(waterfall[2].paid.allSatisfy { $0 == nil })
  }

  @Test("a file that was changed after the run is refused")
  func altered() throws {
    let sample = try SampleResults()
    let text = try sample.text("runs.csv")
    try sample.write(text.replacing("open,base,0", with: "open,base,00"), to: "runs.csv")
    do {
      _ = try sample.read()
      Issue.record("results were read that Weir did not write")
    } catch {
      guard case .altered(let path) = error else { throw error }
      #expect(path == sample.path + "/runs.csv")
    }
  }

  @Test(
    "a file that is not there is named",
    arguments: ["manifest.json", "runs.csv", "timeline.csv", "lorenz.csv"])
  func missing(name: String) throws {
    let sample = try SampleResults()
    try FileManager.default.removeItem(atPath: "\(sample.path)/\(name)")
    do {
      _ = try sample.read()
      Issue.record("\(name) was not missed")
    } catch {
      guard case .missing(let path, _) = error else { throw error }
      #expect(path == "\(sample.path)/\(name)")
    }
  }

  @Test(
    "a manifest that is not one is an issue with its place",
    arguments: ["{}", "[", "{\"weir\": 3}", "{\"weir\": \"1\", \"name\": \"x\"}"])
  func manifest(text: String) throws {
    let sample = try SampleResults()
    try sample.write(text, to: "manifest.json")
    do {
      _ = try sample.read()
      Issue.record("read \(text)")
    } catch {
      guard case .invalid(let issues) = error else { throw error }
      #expect(issues.first?.position?.file.name == "\(sample.path)/manifest.json")
    }
  }

  @Test("a point that was not swept is refused with those that there are")
  func point() throws {
    let sample = try SampleResults()
    do {
      _ = try sample.read(point: "elsewhere")
      Issue.record("there is no such point")
    } catch {
      guard case .unknownPoint(let name, let known) = error else { throw error }
      #expect(name == "elsewhere")
      #expect(known == ["base"])
    }
  }

  @Test("a timeline is read where a swept parameter is a text")
  func sweptText() throws {
    let sweep = #""sweep": {"grid": {"/horizon": ["100s", "120s"]}}, "thresholds""#
    let text = try sampleScenarioOfOnePolicy().replacing("\"thresholds\"", with: sweep)
    let results = try SampleResults(text).read()
    #expect(results.timeline.columns.first == "offered")
    let offered = try #require(results.timeline.values(of: "offered", policy: 0))
    #expect(offered.count == 20)
    #expect(results.timeline.values(of: "horizon", policy: 0) == nil)
  }
}
