import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// A study of seconds in which everything happens that event files are about.
///
/// Outputs are longer than assumed, so that debits overshoot; debits come late; one organisation
/// shares a balance; accounts buy; the queue is short, and somebody runs out of patience.
enum EventScenario {
  static let text = """
    {
      "name": "events", "seed": "7", "horizon": "60s", "warmup": "10s", "replications": 2,
      "products": {
        "chat": { "meter": {"request": 1, "output": 0.5}, "assumedOutput": 2 }
      },
      "populations": [
        {
          "name": "team", "accounts": 3, "organisation": "acme", "balance": 5,
          "workload": {
            "type": "openLoop", "product": "chat", "service": {"type": "exponential", "mean": "1s"},
            "interarrival": {"type": "exponential", "mean": "3s"},
            "output": {"type": "uniform", "low": 0, "high": 12}
          },
          "behaviour": {"patience": "2s"}
        },
        {
          "name": "single", "accounts": 2, "balance": 3,
          "workload": {
            "type": "openLoop", "product": "chat", "service": "500ms",
            "interarrival": {"type": "exponential", "mean": "2s"},
            "output": {"type": "uniform", "low": 0, "high": 8}
          },
          "behaviour": {
            "whenRefused": {"type": "exponential", "maxAttempts": 3},
            "purchasing": {"pack": 4, "checkout": "1s"}
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 2, "queueLimit": 2} ],
      "policies": [
        {
          "name": "stop",
          "layers": [ {"type": "fixedWindow", "name": "window", "limit": 6, "per": "20s"} ]
        },
        {
          "name": "waterfall",
          "layers": [
            {"type": "concurrency", "name": "leases", "limit": 2},
            {"type": "fixedWindow", "name": "window", "limit": 6, "per": "20s"},
            {
              "type": "credits", "name": "shared", "price": 0.4, "settlementLag": "3s",
              "owner": "organisation", "acceptsPurchases": false, "wholeRemainder": false
            },
            {"type": "credits", "name": "own", "price": 0.3, "settlementLag": "1s"}
          ]
        }
      ]
    }
    """

  static func study() throws -> Study {
    do {
      return Study(try ScenarioFile("events.json", reader: .texts(["events.json": text])))
    } catch {
      Issue.record("\(error)")
      throw error
    }
  }

  /// The texts of the result files by name, event files included.
  static let files: [String: String] = {
    do {
      let scratch = try Scratch()
      let study = try study()
      let options = StudyOptions(
        jobs: 2, folder: scratch.path + "/events", writesAccounts: true, writesEvents: true,
        for: study)
      let outcome = try StudyRunner.run(study, options)
      let folder = try #require(outcome.folder)
      var files: [String: String] = [:]
      for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
        files[file] = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      }
      return files
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// The rows of a result file, by column.
  static func rows(_ name: String) throws -> [[String: String]] {
    var reader = try CSVReader(SourceFile(name: name, text: try #require(files[name])))
    let columns = try reader.header.map { try reader.column($0) }
    var rows: [[String: String]] = []
    while try reader.next() {
      rows.append(
        Dictionary(uniqueKeysWithValues: columns.map { ($0.name, reader.text($0)) }))
    }
    return rows
  }
}
