import Foundation
import Testing
import WeirSimulation

@testable import WeirLab

@Suite struct PrecisionTests {
  @Test("a target is a share of the mean or a number, above zero")
  func parsing() {
    #expect(Precision(parsing: "5%", most: 9)?.target == .relative(0.05))
    #expect(Precision(parsing: "2.5%", most: 9)?.target == .relative(0.025))
    #expect(Precision(parsing: "0.02", most: 9)?.target == .absolute(0.02))
    for text in ["", "%", "0", "0%", "-1", "+1", "1e3", "x", "5 %", "inf", "nan", "0x1", "5%%"] {
      #expect(Precision(parsing: text, most: 9) == nil, "\(text)")
    }
  }

  /// The study with a wish, and its files without the provenance.
  private func run(
    _ precision: Precision?, replications: Int = 3, jobs: Int = 2, records: String? = nil,
    in scratch: Scratch
  ) throws -> (outcome: StudyOutcome, files: [String: Data]) {
    let study = try TinyScenario.study(
      ScenarioOverrides([.replications(String(replications))]))
    let options = StudyOptions(
      jobs: jobs, folder: scratch.path + "/tiny", records: records, precision: precision,
      for: study)
    let outcome = try StudyRunner.run(study, options)
    return (outcome, try resultBytes(of: outcome.folder))
  }

  @Test("the study stops after the first whole batch that is enough, as the rule says")
  func stops() throws {
    let scratch = try Scratch()
    let precision = try #require(Precision(parsing: "10%", most: 90))
    let (outcome, _) = try run(precision, in: scratch)
    let summary = outcome.summary
    let count = summary.completeReplications
    #expect(count > 3 && count.isMultiple(of: 3))
    #expect(outcome.precision?.shortfall == nil)
    #expect(outcome.precision?.batch == 3)
    // The rule itself is held against published sequences in StoppingRuleTests.
    let rule = StoppingRule(.relative(0.1))
    let (all, _) = try run(nil, replications: 90, in: scratch)
    let stops = [0, 1].map { policy in
      let values = all.summary.values(of: .servedShare, policy: policy).compactMap { $0 }
      return stride(from: 3, through: 90, by: 3).filter { rule.isMet(by: Moments(values[..<$0])) }
    }
    #expect(Set(stops[0]).intersection(stops[1]).min() == count)
  }

  @Test("threads and what was done before make no difference")
  func deterministic() throws {
    let scratch = try Scratch()
    let precision = try #require(Precision(parsing: "10%", most: 90))
    let (first, files) = try run(precision, jobs: 1, in: scratch)
    let records = scratch.path + "/runs"
    #expect(try run(precision, jobs: 4, records: records, in: scratch).files == files)
    let (again, others) = try run(precision, records: records, in: scratch)
    #expect(again.tally.made == 0)
    #expect(others == files)
    // Every file but those that name the command and the plan is that of a fixed number.
    let count = first.summary.completeReplications
    let (_, fixed) = try run(nil, replications: count, in: scratch)
    for (name, bytes) in fixed where name != Manifest.fileName {
      #expect(files[name] == bytes, "\(name)")
    }
  }

  @Test("a study that may not go on says what is not precise enough")
  func shortfall() throws {
    let scratch = try Scratch()
    let precision = try #require(Precision(parsing: "0.001%", most: 11))
    let (outcome, _) = try run(precision, in: scratch)
    #expect(outcome.summary.completeReplications == 9)
    let shortfall = try #require(outcome.precision?.shortfall)
    #expect(shortfall.undefined == 0)
    #expect(try #require(shortfall.interval?.relativeHalfWidth) > 0.00001)
  }
}
