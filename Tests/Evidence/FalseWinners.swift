import WeirFormats
import WeirKernel
import WeirLab
import WeirSimulation

/// Studies in which policies are equal in distribution and independent: every winner is a false one.
///
/// Whole simulations, with the comparison that users get. The addresses of samples are salted by
/// policy here, which Weir itself never does.
enum FalseWinners {
  static let studies = 1_000
  static let replications = 20

  /// How many studies of `candidates` policies against a baseline have a better or worse one.
  static func rate(candidates: Int) -> Proportion {
    let study = Study(file(policies: candidates + 1))
    let root = SampleKey(seed: 20_261_128).child(named: "false winners")
    let winners = manyTimes(studies) { number in
      var summary = StudySummary(study)
      for run in study.runs {
        let key = root.child(UInt64(number)).child(UInt64(run.policy))
          .child(UInt64(run.replication))
        var world = World(
          study.scenario.setting, study.scenario.policies[run.policy], replication: key)
        summary.add(world.run(), of: run)
      }
      let rows = summary.comparisons(of: .endToEndMean)
      precondition(
        rows.count == candidates + 1 && rows.filter { $0.judgement != nil }.count == candidates)
      return rows.contains { row in
        row.judgement.map { $0.verdict == .better || $0.verdict == .worse } ?? false
      }
    }
    return Proportion(winners.filter { $0 }.count, of: studies)
  }

  /// A queue of two servers at a load of 0.6, under so many policies that let everyone in.
  private static func file(policies: Int) -> ScenarioFile {
    let names = (0..<policies).map { "{\"name\": \"p\($0)\"}" }.joined(separator: ", ")
    return scenario(
      """
      {
        "name": "equal", "horizon": "240s", "warmup": "40s", "replications": \(replications),
        "populations": [ {
          "name": "users", "accounts": 1,
          "workload": {
            "type": "openLoop", "interarrival": {"type": "exponential", "mean": "1s"},
            "service": {"type": "exponential", "mean": "1200ms"}
          }
        } ],
        "fleet": [ {"name": "servers", "servers": 2} ],
        "policies": [\(names)], "primaryMetric": "end_to_end_mean_s"
      }
      """)
  }
}

/// Reads a scenario that stands in this program.
func scenario(_ text: String) -> ScenarioFile {
  do throws(ScenarioFailure) {
    return try ScenarioFile("evidence.json", reader: .texts(["evidence.json": text]))
  } catch {
    preconditionFailure("the scenario is wrong: \(error)")
  }
}

func falseWinner() -> Claim {
  let share = FalseWinners.rate(candidates: 1)
  return Claim(
    text: "false winners, one policy against a baseline equal in distribution",
    figure: rate(share), bound: "at most 0.065", holds: share.share <= 0.065)
}

func familyOfFalseWinners() -> Claim {
  let share = FalseWinners.rate(candidates: 6)
  return Claim(
    text: "studies with any false winner, six such policies, Holm",
    figure: rate(share), bound: "at most 0.065", holds: share.share <= 0.065)
}
