import Foundation
import Testing
import WeirFormats

@testable import WeirLab

/// The files of a study whose charges are delivered badly.
@Suite struct SettlementFilesTests {
  private static let faults = """
    "settlement": {"lag": {"type": "exponential", "mean": "2s"}, "duplicates": 0.2, "loss": 0.2,
      "reordering": 0.2, "redeliverAfter": "4s", "crashEvery": "9s", "restart": "2s"},
    """

  private func run(_ text: String, in scratch: Scratch) throws -> String {
    let file = try ScenarioFile("events.json", reader: .texts(["events.json": text]))
    let study = Study(file)
    let options = StudyOptions(
      jobs: 1, folder: scratch.path + "/events", writesEvents: true, for: study)
    return try #require(try StudyRunner.run(study, options).folder)
  }

  @Test("they agree, balance by balance, and say what the faults did")
  func agree() throws {
    let scratch = try Scratch()
    let text = EventScenario.text.replacing(
      #""products": {"#, with: Self.faults + #""products": {"#, maxReplacements: 1)
    let folder = try run(text, in: scratch)
    let audit = try ResultAudit(folder: folder)
    #expect(audit.findings == [])
    #expect(audit.runs.allSatisfy { $0.usageEvents > 20 })
    let path = folder + "/settlement.csv"
    var rows = try CSVReader(
      SourceFile(name: path, bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))))
    let policy = try rows.column("policy")
    let columns = try ["charges", "priced", "debited"].map { try rows.column($0) }
    var count = 0
    while try rows.next() {
      count += 1
      let numbers = try columns.map { try rows.integer($0, in: 0...1_000_000) }
      #expect(Set(numbers).count == 1)
      #expect((numbers[0] > 0) == (rows.text(policy) == "waterfall"))
    }
    #expect(count == 4)
    // Each debit of a delivered charge says when it was made, and no charge when it is due.
    let charges = try String(contentsOfFile: folder + "/monetization_events.csv", encoding: .utf8)
    let due = charges.split(separator: "\n")[0].split(separator: ",").firstIndex(of: "due_s")
    let place = try #require(due)
    for line in charges.split(separator: "\n").dropFirst() {
      #expect(line.split(separator: ",", omittingEmptySubsequences: false)[place].isEmpty)
    }
  }

  @Test("without faults there is no such file")
  func withoutFaults() {
    #expect(EventScenario.files["settlement.csv"] == nil)
    #expect(EventScenario.files["balance_updates.csv"] != nil)
  }
}
