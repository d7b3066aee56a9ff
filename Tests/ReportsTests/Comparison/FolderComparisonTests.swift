import Foundation
import Testing
import WeirLab
import WeirSimulation

@testable import WeirReports

@Suite struct FolderComparisonTests {
  /// The metrics of a folder that was made for a test.
  static func runs(_ text: String = sampleScenario) throws -> MeasuredRuns {
    try MeasuredRuns(try SampleResults(text).path)
  }

  static func changed(_ piece: String, by other: String) -> String {
    precondition(sampleScenario.contains(piece))
    return sampleScenario.replacingOccurrences(of: piece, with: other)
  }

  /// The value of a metric by replication, read from the file by other means.
  static func column(_ metric: Metric, _ policy: String, in folder: String) throws -> [Double] {
    let text = try String(contentsOfFile: folder + "/runs.csv", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.components(separatedBy: ",") }
    let place = try #require(lines[0].firstIndex(of: metric.name))
    return lines.dropFirst().filter { $0[0] == policy }.compactMap { Double($0[place]) }
  }

  @Test("a study against itself is identical everywhere, and says so")
  func identical() throws {
    let results = try SampleResults()
    let runs = try MeasuredRuns(results.path)
    let comparison = FolderComparison(runs, runs)
    #expect(comparison.isPaired)
    #expect(comparison.rows.filter { $0.test != nil }.allSatisfy { $0.isIdentical })
    #expect(comparison.rows.allSatisfy { $0.adjustedPValue == nil })
    #expect(!comparison.isWorse)
    let text = FolderComparisonText.terminal(comparison, .differences, TextStyle(width: 100))
    #expect(text.contains("the same scenario"))
    #expect(text.contains("identical"))
    #expect(text.contains(" identical, "))
    #expect(!text.contains("told apart"))
  }

  @Test("with the same seed replications are paired, and the numbers are those of the files")
  func paired() throws {
    let results = try SampleResults()
    let other = try SampleResults(Self.changed("\"servers\": 3", by: "\"servers\": 1"))
    let comparison = FolderComparison(
      try MeasuredRuns(results.path), try MeasuredRuns(other.path))
    #expect(comparison.isPaired)
    let row = try #require(
      comparison.rows.first { $0.policy == "open" && $0.metric == .overloadTimeShare })
    let before = try Self.column(.overloadTimeShare, "open", in: results.path)
    let after = try Self.column(.overloadTimeShare, "open", in: other.path)
    #expect(before.count == 4)
    #expect(row.first?.mean == Moments(before).mean)
    #expect(row.difference == Moments(zip(after, before).map { $0 - $1 }).mean)
    #expect(try #require(row.difference) > 0)
    #expect(row.judgement?.verdict == (row.adjustedPValue ?? 1 <= 0.05 ? .worse : .tie))
    let text = FolderComparisonText.terminal(comparison, .differences, TextStyle(width: 100))
    #expect(text.contains("replication by replication: both have the seed 7"))
    #expect(text.contains("another scenario"))
    #expect(text.contains("worse"))
  }

  @Test("with another seed, or when asked to, replications are independent")
  func independent() throws {
    let results = try SampleResults()
    let first = try MeasuredRuns(results.path)
    let other = try SampleResults(Self.changed("\"seed\": \"7\"", by: "\"seed\": \"8\""))
    let comparison = FolderComparison(first, try MeasuredRuns(other.path))
    #expect(!comparison.isPaired)
    let row = try #require(
      comparison.rows.first { $0.policy == "open" && $0.metric == .utilisation })
    let expected = try #require(
      WelchComparison(
        baseline: Moments(try Self.column(.utilisation, "open", in: results.path)),
        candidate: Moments(try Self.column(.utilisation, "open", in: other.path))))
    #expect(row.difference == expected.difference)
    #expect(row.differenceHalfWidth == expected.halfWidth)
    #expect(!FolderComparison(first, first, ignoresPairs: true).isPaired)
    let text = FolderComparisonText.terminal(comparison, .all, TextStyle(width: 100))
    #expect(text.contains("as independent replications"))
    #expect(text.contains("Welch's t tests"))
  }

  @Test("the policies of one folder compare as in its comparison.csv")
  func policies() throws {
    let results = try SampleResults()
    let comparison = try FolderComparison(policiesOf: try MeasuredRuns(results.path))
    let written = try results.read()
    #expect(comparison.rows.count > 100)
    for row in comparison.rows {
      let policy = try #require(written.facts.policies.firstIndex(of: row.policy))
      let expected = try #require(written.comparison(row.metric, policy: policy))
      #expect(row.adjustedPValue == expected.adjustedPValue, "\(row.policy) \(row.metric.name)")
      #expect(row.difference == expected.difference)
      #expect(row.judgement?.verdict == expected.verdict)
    }
  }

  @Test("more replications of the one are left out of the pairs")
  func counts() throws {
    let results = try SampleResults()
    let longer = try SampleResults(Self.changed("\"replications\": 4", by: "\"replications\": 6"))
    let comparison = FolderComparison(
      try MeasuredRuns(results.path), try MeasuredRuns(longer.path))
    #expect(comparison.rows.filter { $0.test != nil }.allSatisfy { $0.isIdentical })
  }

  @Test("policies are matched by name; what only one has is named")
  func names() throws {
    let results = try SampleResults()
    let other = try SampleResults(Self.changed("\"name\": \"open\"", by: "\"name\": \"free\""))
    let comparison = FolderComparison(
      try MeasuredRuns(results.path), try MeasuredRuns(other.path))
    #expect(Set(comparison.rows.map(\.policy)) == ["hard-stop", "waterfall", "adaptive"])
    let text = FolderComparisonText.markdown(comparison)
    #expect(text.contains("only in A: open"))
    #expect(text.contains("only in B: free"))
  }

  @Test("Markdown has as many cells in each row of a table, and the deciding metric stands out")
  func markdown() throws {
    let results = try SampleResults()
    let other = try SampleResults(Self.changed("\"servers\": 3", by: "\"servers\": 1"))
    let text = FolderComparisonText.markdown(
      FolderComparison(try MeasuredRuns(results.path), try MeasuredRuns(other.path)), .all)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.count > 40)
    #expect(rows.allSatisfy { $0.filter { $0 == "|" }.count == 7 })
    #expect(rows.contains { $0.hasPrefix("| **`served_share`** |") })
  }

  @Test("CSV has every metric with a value, in columns that are there in each row")
  func csv() throws {
    let results = try SampleResults()
    let runs = try MeasuredRuns(results.path)
    let comparison = FolderComparison(runs, runs)
    let lines = FolderComparisonFile.csv(comparison).split(separator: "\n")
    #expect(lines.count == comparison.rows.count + 1)
    #expect(lines[0] == Substring(FolderComparisonFile.columns.joined(separator: ",")))
    let count = FolderComparisonFile.columns.count
    #expect(lines.allSatisfy { $0.filter { $0 == "," }.count == count - 1 })
  }

  @Test("a folder whose runs were changed is not compared")
  func altered() throws {
    let results = try SampleResults()
    try results.write(try results.text("runs.csv") + " ", to: "runs.csv")
    #expect(throws: ResultsFailure.self) { try MeasuredRuns(results.path) }
  }
}
