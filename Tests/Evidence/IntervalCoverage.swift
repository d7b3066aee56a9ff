import WeirFormats
import WeirKernel
import WeirLab

/// How many nominal 95 % intervals of a mean wait hold the exact one.
///
/// M/M/1 at a load of 0.8 by Lindley's recursion W' = max(0, W + S - A), each run from stationarity:
/// the first wait is 0 with probability 0.2, else exponential with the rate 1 - 0.8. The mean wait is
/// then 0.8 / (1 - 0.8) = 4 mean service times.
func intervalCoverage() -> Claim {
  let (macroReplications, replications, customers) = (400, 20, 5_000)
  let load = 0.8
  let root = SampleKey(seed: 20_261_128).child(named: "coverage")
  let covered = manyTimes(macroReplications) { study in
    let means = (0..<replications).map { replication in
      let key = root.child(UInt64(study)).child(UInt64(replication))
      var samples = key.samples(Purpose(rawValue: 1))
      var wait = samples.bernoulli(load) ? samples.exponential() / (1 - load) : 0
      var sum = 0.0
      for _ in 0..<customers {
        sum += wait
        wait = max(0, wait + samples.exponential() - samples.exponential() / load)
      }
      return sum / Double(customers)
    }
    return MeanInterval(Moments(means))?.interval?.contains(load / (1 - load)) ?? false
  }
  let hits = covered.filter { $0 }.count
  let share = Proportion(hits, of: macroReplications)
  return Claim(
    text: "coverage of 95 % intervals, M/M/1 at 0.8, \(replications) replications of"
      + " \(NumberText.grouped(Int64(customers))) customers",
    figure: rate(share), bound: "0.92 to 0.98",
    holds: share.share >= 0.92 && share.share <= 0.98)
}

/// A share with what it is of and its own interval.
func rate(_ share: Proportion) -> String {
  let interval = share.wilson()
  return
    "\(NumberText.fixed(share.share, digits: 4)) of \(NumberText.grouped(Int64(share.trials))),"
    + " itself within \(NumberText.fixed(interval.lower, digits: 3)) to"
    + " \(NumberText.fixed(interval.upper, digits: 3))"
}
