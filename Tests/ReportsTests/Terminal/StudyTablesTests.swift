import Foundation
import Testing
import WeirLab

@testable import WeirReports

@Suite struct StudyTablesTests {
  /// Two policies with a long name, for tables that have to be broken.
  static let scenario = """
    {
      "name": "tables", "horizon": "60s", "warmup": "10s", "replications": 2, "interval": "1s",
      "populations": [ {
        "name": "users", "accounts": 3,
        "workload": {
          "type": "openLoop", "interarrival": {"type": "exponential", "mean": "2s"}, "service": "1s"
        }
      } ],
      "fleet": [ {"name": "servers", "servers": 2} ],
      "policies": [
        {"name": "a-policy-with-quite-a-long-name", "layers": [
          {"type": "fixedWindow", "limit": 5, "per": "20s"} ]},
        {"name": "open"}
      ],
      "primaryMetric": "served_share",
      "thresholds": [ {"id": "served", "metric": "served_share", "assert": ">= 2"} ]
    }
    """

  static func outcome() throws -> StudyOutcome {
    let file = try ScenarioFile("tables.json", reader: .texts(["tables.json": scenario]))
    let study = Study(file)
    let folder = FileManager.default.temporaryDirectory.path + "/weir-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try StudyRunner.run(study, StudyOptions(jobs: 1, folder: folder, for: study))
  }

  @Test("no line is wider than there is room", arguments: [80, 100, 120])
  func width(width: Int) throws {
    let text = StudyTables.text(try Self.outcome(), TextStyle(width: width))
    for line in text.split(separator: "\n") {
      let isSentence = line.contains(", found ") || line.contains("Primary metric")
      #expect(line.count <= width || isSentence, "\(line.count): \(line)")
    }
  }

  @Test("the load of each policy is one line over the measured time")
  func load() throws {
    let text = StudyTables.text(try Self.outcome(), TextStyle(width: 100))
    let lines = text.split(separator: "\n")
    let marks = Set(Sparkline.marks)
    let sparklines = lines.filter { $0.filter(marks.contains).count > 4 }
    #expect(sparklines.count == 2)
    // 50 intervals of a second after the warm-up, in the 47 columns that the names leave.
    #expect(sparklines.allSatisfy { $0.filter(marks.contains).count == 25 })
    #expect(text.contains("one mark is 2s"))
    #expect(text.contains("Busy over time"))
  }

  @Test("a colour is never the only sign")
  func colour() throws {
    let outcome = try Self.outcome()
    let plain = StudyTables.text(outcome, TextStyle(usesColour: false, width: 80))
    let coloured = StudyTables.text(outcome, TextStyle(usesColour: true, width: 80))
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[31m"))
    let stripped = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(stripped == plain)
  }
}
