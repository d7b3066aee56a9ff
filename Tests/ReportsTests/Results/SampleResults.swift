import Foundation
import Testing
import WeirLab

@testable import WeirReports

/// A folder of results that is there for one test.
final class SampleResults {
  let path: String

  /// Runs a scenario, and puts its results into a folder.
  init(_ text: String = sampleScenario) throws {
    path = FileManager.default.temporaryDirectory.path + "/weir-" + UUID().uuidString
    let file: ScenarioFile
    do {
      file = try ScenarioFile("sample.json", reader: .texts(["sample.json": text]))
    } catch {
      Issue.record("\(error)")
      throw error
    }
    let study = Study(file)
    _ = try StudyRunner.run(study, StudyOptions(jobs: 2, folder: path, for: study))
  }

  /// What the sample scenario gives, run once for all tests that change nothing.
  static func shared() throws -> StudyResults { try sharedResults.get() }

  private static let sharedResults = Result { try SampleResults().read() }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Reads the results back.
  func read(point: String? = nil) throws(ResultsFailure) -> StudyResults {
    try StudyResults(path, point: point)
  }

  /// The bytes of a file.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// Replaces a file.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
}

/// A minute of two populations under four policies, one population labelled as abusive, with
/// thresholds that pass and fail and a description that tries to break out of the page.
let sampleScenario = #"""
  {
    "name": "sample",
    "description":
      "</title></style><script>alert('x & \"y\"')</script> \u05e9\u05dc\u05d5\u05dd \u202edrow",
    "seed": "7", "horizon": "120s", "warmup": "20s", "replications": 4, "interval": "5s",
    "plans": {
      "free": { "allowances": [ {"limit": 4, "per": "20s"} ] }, "plus": { "priority": 1 }
    },
    "populations": [
      {
        "name": "light", "accounts": 6, "plan": "free",
        "workload": {
          "type": "openLoop", "interarrival": {"type": "exponential", "mean": "4s"}, "service": "1s"
        },
        "behaviour": {
          "whenRefused": {"type": "honourHint", "giveUpAfter": "10s"}, "patience": "20s"
        }
      },
      {
        "name": "scrapers", "accounts": 2, "plan": "free", "abusive": true,
        "workload": {
          "type": "openLoop", "interarrival": {"type": "exponential", "mean": "700ms"},
          "service": {"type": "exponential", "mean": "500ms"}
        }
      }
    ],
    "fleet": [ {"name": "servers", "servers": 3} ],
    "policies": [
      { "name": "open" },
      { "name": "hard-stop", "layers": [ {"type": "planAllowance"} ] },
      {
        "name": "waterfall",
        "layers": [
          {"type": "planAllowance"}, {"type": "credits", "price": 1, "initial": 12}
        ]
      },
      {
        "name": "adaptive",
        "layers": [ {"type": "aimd", "initial": 3, "maximum": 6, "target": "1s"} ],
        "scheduler": "priority"
      }
    ],
    "baseline": "hard-stop", "primaryMetric": "served_share",
    "thresholds": [
      { "id": "served", "metric": "served_share", "assert": ">= 0.6" },
      {
        "id": "light-served", "metric": "served_share", "assert": ">= 0",
        "where": { "population": "light", "policy": "waterfall" }, "on": "ci_lower"
      }
    ]
  }
  """#

/// The same with one policy alone, and without thresholds.
func sampleScenarioOfOnePolicy() throws -> String {
  let start = try #require(sampleScenario.firstRange(of: "\"policies\": ["))
  let end = try #require(sampleScenario.firstRange(of: "\"baseline\": \"hard-stop\","))
  let threshold = try #require(sampleScenario.firstRange(of: "\"thresholds\""))
  return sampleScenario[..<start.lowerBound] + "\"policies\": [ {\"name\": \"open\"} ],"
    + sampleScenario[end.upperBound..<threshold.lowerBound] + "\"thresholds\": []}"
}
