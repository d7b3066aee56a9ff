import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// A run's own trace, replayed in the same world under the same policy: the same decisions.
@Suite struct ReplayTests {
  /// Two populations that retry with jitter, buy and lose patience, from the middle of a long life.
  static let generated = """
    {
      "name": "first", "seed": "7", "replications": 2, "horizon": "10m", "warmup": "1m",
      "plans": { "free": {"allowances": [{"limit": 9, "per": "5m"}]}, "plus": {"priority": 1} },
      "products": { "codex": {"meter": {"unit": 1, "output": 0.01}, "assumedOutput": 40} },
      "populations": [
        {
          "name": "light", "accounts": 5, "plan": "free", "balance": 3,
          "weight": {"type": "lognormal", "median": 0.5, "sigma": 1},
          "workload": LIGHT,
          "behaviour": {
            "whenRefused": {"type": "honourHint", "giveUpAfter": "90s", "withoutHint": "20s"},
            "purchasing": {"pack": 5, "propensity": 0.5, "budget": 20}
          }
        },
        {
          "name": "heavy", "accounts": 3, "plan": "plus",
          "workload": HEAVY,
          "behaviour": {
            "whenRefused": {"type": "exponential"},
            "patience": {"type": "exponential", "mean": "5s"}
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 2, "queueLimit": 4} ],
      "policies": [
        {"name": "hard-stop", "layers": [ {"type": "planAllowance"} ]},
        {
          "name": "waterfall", "scheduler": "priority",
          "layers": [
            {"type": "aimd", "initial": 4, "maximum": 9, "target": "1s"}, {"type": "planAllowance"},
            {"type": "credits", "price": 0.5, "settlementLag": "5s"}
          ]
        }
      ]
    }
    """

  static func openLoop(gap: String) -> String {
    """
    {
      "type": "openLoop", "product": "codex",
      "interarrival": {"type": "exponential", "mean": "\(gap)"},
      "service": {"type": "exponential", "mean": "4s"},
      "output": {"type": "lognormal", "median": 30, "sigma": 1}
    }
    """
  }

  static func replay(of population: String, _ run: Run) -> String {
    """
    {
      "type": "trace", "product": "codex", "file": "intents.csv",
      "format": {
        "type": "weir", "policy": "\(run.policyName)", "replication": \(run.replication),
        "population": "\(population)"
      }
    }
    """
  }

  static func study(_ light: String, _ heavy: String, _ files: [String: String]) throws -> Study {
    let text = generated.replacingOccurrences(of: "LIGHT", with: light)
      .replacingOccurrences(of: "HEAVY", with: heavy)
    let texts = files.merging(["s.json": text]) { first, _ in first }
    do {
      return Study(try ScenarioFile("s.json", reader: .texts(texts)))
    } catch {
      Issue.record("\(error)")
      throw error
    }
  }

  /// The text of `intents.csv` for all runs of a study.
  static func intents(_ study: Study) -> String {
    let rows = IntentsTable(study)
    var csv = CSVWriter(columns: rows.table.columns.map(\.column.name))
    for run in study.runs {
      let result = StudyRunner.result(
        of: run.index, in: study, keeping: EventKeeping(intents: true))
      #expect(result.broken == [])
      rows.eachRow(of: RunRecord(study: study, run: run, result: result)) {
        rows.table.write($0, to: &csv)
      }
    }
    return String(decoding: csv.bytes, as: UTF8.self)
  }

  /// Replays every run of `study` and compares; metrics in `leavingOut` may differ.
  static func check(
    _ study: Study, files: [String: String] = [:], leavingOut: [Metric] = []
  ) throws {
    let text = intents(study)
    let all = files.merging(["intents.csv": text]) { first, _ in first }
    for run in study.runs {
      let again = try Self.study(
        replay(of: "light", run), replay(of: "heavy", run), all)
      let first = StudyRunner.result(of: run.index, in: study, keeping: EventKeeping(intents: true))
      let second = StudyRunner.result(
        of: run.index, in: again, keeping: EventKeeping(intents: true))
      #expect(second.broken == [])
      #expect((first.events?.intents.count ?? 0) > 100, "\(run.id)")
      for metric in Metric.allCases where !leavingOut.contains(metric) {
        #expect(first.metrics[metric] == second.metrics[metric], "\(run.id): \(metric.name)")
      }
      #expect((first.timeline == second.timeline) as Bool, "\(run.id): timeline")
      #expect((first.usage == second.usage) as Bool, "\(run.id): usage")
      #expect((first.latency == second.latency) as Bool, "\(run.id): latency")
      #expect((first.accounts == second.accounts) as Bool, "\(run.id): accounts")
      #expect(first.layers.map(\.paid) == second.layers.map(\.paid), "\(run.id)")
      #expect(first.layers.map(\.refused) == second.layers.map(\.refused), "\(run.id)")
      #expect(first.queueRefusals == second.queueRefusals, "\(run.id)")
      // The replay's own trace is the trace that it replayed.
      let record = { (study: Study, result: RunResult) in
        let rows = IntentsTable(study)
        var csv = CSVWriter(columns: rows.table.columns.map(\.column.name))
        rows.eachRow(of: RunRecord(study: study, run: run, result: result)) {
          rows.table.write($0, to: &csv)
        }
        return csv.bytes
      }
      #expect(record(study, first) == record(again, second), "\(run.id)")
    }
  }

  @Test("an open loop decides the same when its own trace comes back")
  func openLoop() throws {
    let study = try Self.study(Self.openLoop(gap: "15s"), Self.openLoop(gap: "6s"), [:])
    try Self.check(study)
  }

  /// Forty sessions of one to six calls, with sub-agents and unknown cells.
  static let sessions: String = {
    var text = "session,agent,user_turn,input_tokens,cached_tokens,output_tokens,api_ms,think_ms\n"
    for session in 0..<40 {
      for call in 0...(session * 7 % 6) {
        let agent = call == 2 && session % 5 == 0 ? "m/2" : "m"
        let time = (session + call) % 4 == 0 ? "" : String(500 + 977 * session % 4000)
        let think = (session + call) % 7 == 3 ? "" : String(1000 * (session * call % 9))
        text +=
          "s\(session),\(agent),\(call % 3 == 0 ? 1 : 0),\(1000 + 300 * call),\(256 * call),"
          + "\(20 + 13 * session % 90),\(time),\(think)\n"
      }
    }
    return text
  }()

  @Test("a closed loop decides the same when its own trace comes back, sessions and all")
  func closedLoop() throws {
    let trace = """
      {
        "type": "trace", "product": "codex", "file": "sessions.csv", "format": "agentSessions",
        "interarrival": {"type": "exponential", "mean": "12s"}
      }
      """
    let files = ["sessions.csv": Self.sessions]
    let study = try Self.study(trace, trace, files)
    // The trace holds the calls that were made; those that never were are not in it.
    try Self.check(study, files: files, leavingOut: [.unreached, .cutOff, .wantedServedShare])
  }

  @Test("under another policy the same demand comes back, and other things become of it")
  func otherPolicy() throws {
    let study = try Self.study(Self.openLoop(gap: "15s"), Self.openLoop(gap: "6s"), [:])
    let again = try Self.study(
      Self.replay(of: "light", study.run(0)), Self.replay(of: "heavy", study.run(0)),
      ["intents.csv": Self.intents(study)])
    let first = StudyRunner.result(of: 0, in: study, keeping: EventKeeping(intents: true))
    let other = StudyRunner.result(of: 1, in: again, keeping: EventKeeping(intents: true))
    #expect(study.run(1).policyName == "waterfall")
    #expect(other.metrics[.intents] == first.metrics[.intents])
    #expect(other.metrics[.completed] != first.metrics[.completed])
  }

  @Test("the columns that are written are those that are read")
  func columns() throws {
    let study = try Self.study(Self.openLoop(gap: "15s"), Self.openLoop(gap: "6s"), [:])
    #expect(IntentsTable(study).table.columns.map(\.column.name) == Intents.columns)
  }
}
