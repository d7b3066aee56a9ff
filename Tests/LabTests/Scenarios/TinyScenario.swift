import Foundation
import Testing
import WeirFormats

@testable import WeirLab

/// A scenario of a few seconds with a hard stop and a waterfall, two populations and one threshold.
enum TinyScenario {
  static let text = """
    {
      "name": "tiny", "description": "A hard stop against a waterfall.", "seed": "20261122",
      "horizon": "60s", "warmup": "10s", "replications": 3, "interval": "10s",
      "plans": { "free": {}, "plus": { "priority": 1 } },
      "populations": [
        {
          "name": "light", "accounts": 4, "plan": "free",
          "workload": {
            "type": "openLoop", "interarrival": {"type": "exponential", "mean": "5s"},
            "service": "1s"
          }
        },
        {
          "name": "heavy", "accounts": 2, "plan": "plus",
          "workload": {
            "type": "openLoop", "interarrival": {"type": "exponential", "mean": "1s"},
            "service": {"type": "exponential", "mean": "500ms"}
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 3} ],
      "policies": [
        {
          "name": "hard-stop",
          "layers": [ {"type": "fixedWindow", "name": "window", "limit": 5, "per": "20s"} ]
        },
        {
          "name": "waterfall",
          "layers": [
            {"type": "fixedWindow", "name": "window", "limit": 5, "per": "20s"},
            {"type": "credits", "name": "credits", "price": 1, "initial": 10}
          ],
          "scheduler": "priority"
        }
      ],
      "baseline": "hard-stop", "primaryMetric": "served_share",
      "thresholds": [
        {
          "id": "served", "metric": "served_share", "where": {"policy": "waterfall"},
          "assert": ">= 0.1"
        }
      ]
    }
    """

  /// Reads the tiny scenario as `tiny.json`.
  static func file(
    _ text: String = text, _ overrides: ScenarioOverrides = ScenarioOverrides()
  ) throws -> ScenarioFile {
    do {
      return try ScenarioFile(
        "tiny.json", overrides: overrides, reader: .texts(["tiny.json": text]))
    } catch {
      Issue.record("\(error)")
      throw error
    }
  }

  /// The tiny study.
  static func study(_ overrides: ScenarioOverrides = ScenarioOverrides()) throws -> Study {
    Study(try file(text, overrides))
  }
}

/// The issues that reading `path` among `texts` gives.
func issues(
  _ texts: [String: String], at path: String = "tiny.json",
  _ overrides: ScenarioOverrides = ScenarioOverrides()
) -> [ScenarioIssue] {
  do {
    _ = try ScenarioFile(path, overrides: overrides, reader: .texts(texts))
    return []
  } catch .invalid(let issues) {
    return issues
  } catch {
    Issue.record("\(error)")
    return []
  }
}

/// The `--set` arguments as overrides.
func setting(_ arguments: String..., policies: [String] = []) throws -> ScenarioOverrides {
  ScenarioOverrides(
    try arguments.map { try #require(ScenarioOverrides.Assignment(parsing: $0)) },
    policies: policies)
}

/// The tiny scenario with one piece of its text replaced.
func tiny(_ piece: String, by other: String) -> String {
  precondition(TinyScenario.text.contains(piece), "no \(piece)")
  return TinyScenario.text.replacingOccurrences(of: piece, with: other)
}
