import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// What is given in units, in the event files: recomputed from them alone.
@Suite struct GrantEventsTests {
  /// Two accounts that ask once an hour for one unit, for three days.
  ///
  /// Of each day's 24 requests five are paid by the daily lot and the rest by credits, of which
  /// each account begins with a hundred.
  private static let text = """
    {
      "name": "grants", "seed": "7", "horizon": "3d", "replications": 1, "initial": "fresh",
      "populations": [
        {
          "name": "hourly", "accounts": 2, "balance": 100,
          "workload": {"type": "openLoop", "service": "1s", "interarrival": "1h"}
        }
      ],
      "fleet": [ {"name": "servers", "servers": 4} ],
      "policies": [
        {
          "name": "granted",
          "layers": [
            {
              "type": "promotion", "name": "welcome", "units": 7, "until": "1d"
            },
            {
              "type": "grants", "name": "daily",
              "grants": [ {"id": "day", "units": 5, "every": "1d"} ]
            },
            {
              "type": "credits", "name": "credits", "price": 1,
              "congestion": {"steps": [ {"from": 0.9, "factor": 2} ]}
            }
          ]
        }
      ]
    }
    """

  private static let files: [String: String] = {
    do {
      let scratch = try Scratch()
      let study = Study(
        try ScenarioFile("grants.json", reader: .texts(["grants.json": text])))
      let options = StudyOptions(
        jobs: 1, folder: scratch.path + "/grants", writesEvents: true, for: study)
      let folder = try #require(try StudyRunner.run(study, options).folder)
      var files: [String: String] = [:]
      for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
        files[file] = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      }
      return files
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private func rows(_ name: String) throws -> [[String: String]] {
    var reader = try CSVReader(SourceFile(name: name, text: try #require(Self.files[name])))
    let columns = try reader.header.map { try reader.column($0) }
    var rows: [[String: String]] = []
    while try reader.next() {
      rows.append(Dictionary(uniqueKeysWithValues: columns.map { ($0.name, reader.text($0)) }))
    }
    return rows
  }

  /// The sum of the amounts of an account's updates of some kind.
  private func sum(_ layer: String, _ kind: String, owner: String) throws -> Int {
    try rows("balance_updates.csv").filter {
      $0["layer"] == layer && $0["kind"] == kind && $0["owner"] == owner
    }.reduce(0) { $0 + (Int($1["amount"] ?? "") ?? 0) }
  }

  @Test("grants, promotions and credits come to what the requests used", arguments: ["0", "1"])
  func sums(_ owner: String) throws {
    let used = try rows("usage_events.csv").filter { $0["account"] == owner }
      .reduce(0) { $0 + (Int($1["units"] ?? "") ?? 0) }
    #expect((70...72).contains(used))
    // The promotion pays the first seven; the lot pays five on each of three days.
    #expect(try sum("welcome", "initial", owner: owner) == 7)
    #expect(try sum("welcome", "debit", owner: owner) == -7)
    #expect(try sum("daily", "initial", owner: owner) == 5)
    #expect(try sum("daily", "debit", owner: owner) == -15)
    let granted = try sum("daily", "grant", owner: owner)
    // What was used is granted again at the end of days one and two, and of the third, when the run
    // has lasted until then.
    #expect(granted == 10 || granted == 15)
    #expect(try sum("credits", "debit", owner: owner) == -(used - 22) * 1_000_000)
  }

  @Test("each debit in units has a charge of as many units, and says what it counts")
  func measures() throws {
    let charges = try rows("monetization_events.csv")
    #expect(charges.count { $0["measure"] == "units" } == 2 * 22)
    #expect(
      charges.allSatisfy {
        $0["measure"] == ($0["layer"] == "credits" ? "micro-credits" : "units")
      })
    #expect(
      charges.filter { $0["measure"] == "units" }.allSatisfy { $0["amount"] == $0["units"] })
  }

  @Test("the audit agrees, and a grant that is lost or grows trips it")
  func audit() throws {
    func findings(_ change: (inout [String]) -> Void) throws -> [AuditFinding] {
      var texts: [String: String] = [:]
      for (name, text) in Self.files where name.hasSuffix(".csv") { texts["r/" + name] = text }
      var lines = (Self.files["balance_updates.csv"] ?? "").split(separator: "\n").map(String.init)
      change(&lines)
      texts["r/balance_updates.csv"] = lines.joined(separator: "\n") + "\n"
      return try ResultAudit(folder: "r", reader: .texts(texts)).findings
    }
    #expect(try findings { _ in }.isEmpty)
    let place = { (lines: [String]) in lines.firstIndex { $0.contains(",grant,") } ?? -1 }
    #expect(try findings { $0.remove(at: place($0)) }.count == 1)
    let grown = try findings { lines in
      let line = place(lines)
      lines[line] = lines[line].replacingOccurrences(of: ",5,5,units", with: ",6,5,units")
    }
    #expect(grown.count == 1)
  }

  @Test("the timeline has the factor of the congestion price, and money is not counted in units")
  func timeline() throws {
    let rows = try rows("timeline.csv")
    #expect(!rows.isEmpty && rows.allSatisfy { $0["price"] == "1" })
    let credits = try sum("credits", "debit", owner: "0") + sum("credits", "debit", owner: "1")
    let run = try #require(try self.rows("runs.csv").first)
    #expect(run["revenue"] == String(-credits))
    #expect(run["forgiven"] == "0" && run["expired"] == "0")
  }
}
