import Foundation
import Testing

/// The table of the documentation against the fixtures and the suites that it names.
@Suite struct StatisticsVectorsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let reference: String
    let fixture: String
    let cases: String
    let suites: [String]
    let worst: String
    let leftOut: String

    var testDescription: String { "\(reference) \(fixture)" }
  }

  /// The files of reference values, all of which the table must account for.
  static let references = [
    "batch_means", "bonferroni_t", "chi2_quantile", "ddsketch", "deterministic_log", "envy",
    "fairness", "fifo_trace", "hdrhistogram", "incomplete_beta", "maxmin", "mean_ci", "mser5",
    "multiple_comparison", "normal_quantile", "ocba", "paired_crn", "pareto", "proportion_ci",
    "quantile_ci", "quantiles", "queueing_oracles", "ranking_selection", "sequential_stopping",
    "splitmix64", "t_cdf", "t_quantile", "time_weighted", "tost", "variance_hard",
    "vtc_service_difference",
  ]

  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized

  static let rows: [Row] = {
    let page = checkout.appendingPathComponent(
      "Sources/Weir.docc/Reference/StatisticsVectors.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 9, references.contains(cells[1]) else { return nil }
      let suites = cells[5].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(
        reference: cells[1], fixture: cells[3], cases: cells[4], suites: suites, worst: cells[6],
        leftOut: cells[7])
    }
  }()

  /// The sources of all tests, by the name of the suite.
  static let sources: [String: String] = {
    let folder = checkout.appendingPathComponent("Tests")
    var sources: [String: String] = [:]
    for path in FileManager.default.subpaths(atPath: folder.path) ?? []
    where path.hasSuffix("Tests.swift") && !path.contains(".build/") {
      let file = folder.appendingPathComponent(path)
      let name = file.deletingPathExtension().lastPathComponent
      sources[name] = try? String(contentsOf: file, encoding: .utf8)
    }
    return sources
  }()

  /// The fixture of that name, wherever it lies, and the file's own name.
  static func fixture(_ name: String) throws -> (count: Int, file: String) {
    let parts = name.split(separator: "#").map(String.init)
    let folders = ["LabTests", "KernelTests", "SimulationTests"]
    let place = folders.map {
      checkout.appendingPathComponent("Tests/\($0)/Fixtures/\(parts[0]).json")
    }.first { FileManager.default.fileExists(atPath: $0.path) }
    var value = try JSONSerialization.jsonObject(with: Data(contentsOf: try #require(place)))
    if let members = value as? [String: Any] {
      value = try #require(members[parts.count > 1 ? parts[1] : "cases"])
    }
    let count = (value as? [Any])?.count ?? (value as? [String: Any])?.count
    return (try #require(count), String(parts[0].split(separator: "/").last ?? ""))
  }

  @Test("the table accounts for all 31 files of reference values, and no other")
  func complete() {
    #expect(Self.references.count == 31)
    #expect(Set(Self.rows.map(\.reference)) == Set(Self.references))
    let passed = Self.rows.filter { !$0.suites.isEmpty }
    let references = Set(passed.map(\.reference)).count
    print("vectors: statistics: \(references) of 31 files pass, \(31 - references) are left out")
  }

  @Test("each row has as many cases as its fixture, which its suites read", arguments: rows)
  func row(_ row: Row) throws {
    if row.suites.isEmpty {
      #expect(row.fixture.isEmpty && row.cases.isEmpty && row.worst.isEmpty)
      #expect(!row.leftOut.isEmpty, "left out without a reason")
      return
    }
    #expect(row.worst == "exact" || Double(row.worst).map { $0 <= 1e-7 } == true)
    for suite in row.suites { #expect(Self.sources[suite] != nil, "there is no \(suite)") }
    guard !row.fixture.isEmpty else { return }
    let (count, file) = try Self.fixture(row.fixture)
    #expect(row.cases == String(count))
    for suite in row.suites {
      #expect(Self.sources[suite]?.contains("\(file)\"") == true, "\(suite) reads no \(file)")
      guard row.worst != "exact" else { continue }
      let bounds = ["< \(row.worst)", "<= \(row.worst) *"]
      #expect(
        bounds.contains { Self.sources[suite]?.contains($0) == true },
        "\(suite) allows no error of \(row.worst)")
    }
  }

  @Test("each file of the folder of fixtures is in the table")
  func fixtures() throws {
    let folder = Self.checkout.appendingPathComponent("Tests/LabTests/Fixtures/stats")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { "stats/" + $0.dropLast(5) }
    #expect(Set(files).subtracting(Self.rows.map(\.fixture)) == [])
  }
}
