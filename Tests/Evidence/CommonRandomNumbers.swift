import Foundation
import WeirFormats
import WeirLab
import WeirSimulation

/// What common random numbers save when a pool of servers is made 2 % faster: (var A + var B) / var D.
func commonRandomNumbers() -> Claim {
  let study = Study(
    scenario(
      """
      {
        "name": "faster", "horizon": "2h", "warmup": "10m", "replications": 40,
        "populations": [ {
          "name": "users", "accounts": 20,
          "workload": {
            "type": "openLoop", "interarrival": {"type": "exponential", "mean": "20s"},
            "service": {"type": "exponential", "mean": "8s"}
          }
        } ],
        "fleet": [ {"name": "servers", "servers": 10} ],
        "policies": [ {"name": "open"} ],
        "sweep": {"grid": {"/populations/0/workload/service/mean": ["8s", "7840ms"]}}
      }
      """))
  let jobs = ProcessInfo.processInfo.activeProcessorCount
  do throws(StudyFailure) {
    let summary = try Trial(study, jobs: jobs).summary
    let values = (0..<2).map { point in
      summary.values(of: .endToEndMean, policy: 0, point: point).compactMap { $0 }
    }
    guard let pair = PairedComparison(baseline: values[0], candidate: values[1]),
      let gain = pair.varianceGain, let correlation = pair.correlation, pair.count == 40
    else { preconditionFailure("a replication has no value") }
    return Claim(
      text: "gain from common random numbers, a pool that is 2 % faster, 40 replications",
      figure: "\(NumberText.fixed(gain, digits: 1)), correlation"
        + " \(NumberText.fixed(correlation, digits: 4))",
      bound: "above 5", holds: gain > 5)
  } catch {
    preconditionFailure("a run broke an invariant: \(error)")
  }
}
