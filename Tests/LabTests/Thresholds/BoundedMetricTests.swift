import Foundation
import Testing
import WeirAccess
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// Thresholds on what layers paid and refused, against the files that users read.
@Suite struct BoundedMetricTests {
  /// A scenario of the tests with these thresholds.
  static func text(_ thresholds: String) throws -> String {
    let start = try #require(TinyScenario.text.range(of: "\"thresholds\": [")).upperBound
    return TinyScenario.text[..<start] + thresholds + "]\n}"
  }

  /// The cells of a file of results as rows by column.
  static func rows(_ folder: String, _ name: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  @Test("what a threshold is held against is the mean of the column in the files of results")
  func columns() throws {
    let scratch = try Scratch()
    let bounds = [
      #"{"id": "share", "metric": "paid_share_credits", "assert": ">= 0"}"#,
      #"{"id": "saturated", "metric": "saturated", "assert": ">= 0"}"#,
      #"{"id": "paid", "metric": "paid", "where": {"layer": "credits"}, "assert": ">= 0"}"#,
      #"{"id": "refused", "metric": "refused", "where": {"layer": "window"}, "assert": ">= 0"}"#,
      #"{"id": "limit", "metric": "refused_limit", "where": {"layer": "window"}, "assert": ">= 0"}"#,
      #"{"id": "queue", "metric": "refused_queue_full", "where": {"layer": "(queue)"}, "assert": ">= 0"}"#,
    ]
    let file = try TinyScenario.file(try Self.text(bounds.joined(separator: ",\n")))
    let study = Study(file)
    let options = StudyOptions(
      jobs: 1, folder: scratch.path + "/out", records: scratch.path + "/kept", for: study)
    let folder = try #require(try StudyRunner.run(study, options).folder)
    let (runs, layers) = (try Self.rows(folder, "runs.csv"), try Self.rows(folder, "layers.csv"))
    let found = try Self.rows(folder, "thresholds.csv")
    #expect(
      found.map { "\($0["id"] ?? "") \($0["policy"] ?? "")" } == [
        "share waterfall", "saturated hard-stop", "saturated waterfall", "paid waterfall",
        "refused hard-stop", "refused waterfall", "limit hard-stop", "limit waterfall",
        "queue hard-stop", "queue waterfall",
      ])
    var isAnyAboveZero = false
    for row in found {
      let metric = try #require(row["metric"]), layer = try #require(row["layer"])
      let source =
        layer.isEmpty
        ? runs : layers.filter { $0["layer"] == layer && $0["population"] == "(all)" }
      let cells = source.filter { $0["policy"] == row["policy"] }.compactMap { $0[metric] }
      #expect(cells.count == study.replications)
      let values = cells.compactMap { $0 == "true" ? 1 : $0 == "false" ? 0 : Double($0) }
      let mean = try #require(row["value"].flatMap(Double.init))
      let expected = values.reduce(0, +) / Double(values.count)
      #expect(abs(mean - expected) <= 1e-12 * max(1, expected), "\(metric) \(layer)")
      if !layer.isEmpty, expected > 0 { isAnyAboveZero = true }
    }
    #expect(isAnyAboveZero)
    // The same from records, where every measure was written and read again.
    let again = StudyOptions(
      jobs: 2, folder: scratch.path + "/again", records: scratch.path + "/kept", for: study)
    let outcome = try StudyRunner.run(study, again)
    #expect(outcome.tally.made == 0)
    #expect(try Self.rows(try #require(outcome.folder), "thresholds.csv") == found)
  }

  @Test("without a layer in a threshold, thresholds.csv has no column of layers")
  func plain() throws {
    let study = try TinyScenario.study()
    #expect(!ThresholdsTable(study).table.description.columns.map(\.name).contains("layer"))
  }

  /// A threshold that is wrong, where, and what is offered.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let threshold: String
    let pointer: String
    let suggestion: String?

    var testDescription: String { threshold }
  }

  static let mistakes = [
    Mistake(
      threshold: #"{"id": "a", "metric": "paid_share_credit", "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: "paid_share_credits"),
    Mistake(
      threshold: #"{"id": "a", "metric": "paid_shar_credits", "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: "paid_share_credits"),
    Mistake(
      threshold:
        #"{"id": "a", "metric": "refusd", "where": {"layer": "credits"}, "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: "refused"),
    Mistake(
      threshold: #"{"id": "a", "metric": "refused", "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: nil),
    Mistake(
      threshold:
        #"{"id": "a", "metric": "refused", "where": {"layer": "credit"}, "assert": ">= 0"}"#,
      pointer: "/thresholds/0/where/layer", suggestion: "credits"),
    Mistake(
      threshold:
        #"{"id": "a", "metric": "paid_share_credits", "where": {"policy": "hard-stop"}, "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: nil),
    Mistake(
      threshold:
        #"{"id": "a", "metric": "served_share", "where": {"layer": "credits"}, "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: nil),
    Mistake(
      threshold:
        #"{"id": "a", "metric": "paid_share_credits", "where": {"population": "heavy"}, "assert": ">= 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: nil),
    Mistake(
      threshold: #"{"id": "a", "metric": "paid_share_credits", "assert": ">= 1%"}"#,
      pointer: "/thresholds/0/assert", suggestion: nil),
    Mistake(
      threshold:
        #"{"id": "a", "metric": "paid_video", "where": {"layer": "credits"}, "assert": "> 0"}"#,
      pointer: "/thresholds/0/metric", suggestion: nil),
  ]

  @Test(
    "a layer, a product or a metric that the scenario has not got is an error", arguments: mistakes)
  func unknown(_ mistake: Mistake) throws {
    let found = issues(["tiny.json": try Self.text(mistake.threshold)])
    #expect(found.map(\.pointer.description) == [mistake.pointer])
    #expect(found.first?.position != nil)
    if let suggestion = mistake.suggestion { #expect(found.first?.suggestion == suggestion) }
  }

  @Test(
    "with several products the units of each can be bounded",
    arguments: ["paid_codex", "paid_vidoe"])
  func products(_ metric: String) throws {
    let text = try Self.text(
      #"{"id": "a", "metric": "\#(metric)", "where": {"layer": "credits"}, "assert": "> 0"}"#)
    let products = text.replacingOccurrences(
      of: "\"plans\":", with: #""products": {"codex": {}, "video": {}}, "plans":"#
    ).replacingOccurrences(
      of: #""type": "openLoop","#, with: #""type": "openLoop", "product": "codex","#)
    let found = issues(["tiny.json": products])
    if metric == "paid_codex" {
      #expect(found.isEmpty)
    } else {
      #expect(found.first?.suggestion == "paid_video")
    }
  }
}
