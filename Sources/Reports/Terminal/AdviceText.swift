import WeirFormats
import WeirLab
import WeirSimulation

/// How long runs should be and how many, from what a study measured: advice for its next run.
public enum AdviceText {
  /// The advice on the shown point of a study, policy by policy.
  public static func text(_ results: StudyResults, relative: Double = 0.05) -> String {
    let facts = results.facts
    let times = facts.times
    var text =
      "\(facts.name): \(facts.replications) replications of \(duration(times.horizon)),"
      + " warm-up \(times.warmup > 0 ? duration(times.warmup) : "none")\n"
    if facts.points.count > 1 { text += "point \(facts.points[results.point])\n" }
    for (policy, name) in facts.policies.enumerated() {
      text += "\n\(name)\n"
      let lines =
        warmup(results, policy)
        + [replications(results, policy, relative), saturation(results, policy)]
        + [planning(results, policy, relative)].compactMap { $0 }
      for line in lines { text += "  \(line)\n" }
    }
    let lines = SelectionAdvice(results)?.lines ?? []
    if !lines.isEmpty { text += "\nthe best policy\n" }
    for line in lines { text += "  \(line)\n" }
    return text
  }

  private static func warmup(_ results: StudyResults, _ policy: Int) -> [String] {
    let times = results.facts.times
    guard let first = results.timeline.intervals.first,
      let values = results.timeline.values(of: "backlog_mean", policy: policy)
    else { return ["warm-up: there is no timeline of the backlog"] }
    let series = values.map { $0.compactMap { $0 } }
    guard series.allSatisfy({ $0.count == results.facts.replications }) else {
      return ["warm-up: the backlog has no value in some interval"]
    }
    let advice = WarmupAdvice(series, interval: first.end - first.start, warmup: times.warmup)
    var lines: [String] = []
    switch advice.finding {
    case .tooFewIntervals(let count):
      lines.append(
        "warm-up: \(count) intervals are too few for MSER-5; \(WarmupAdvice.leastIntervals) or more"
          + " by a shorter \"interval\"")
    case .noSteadyState:
      lines.append("warm-up: no steady state found by MSER-5: the backlog does not settle")
    case .settles(let after):
      let measured = times.horizon - times.warmup
      lines.append(
        after <= times.warmup
          ? "warm-up: the backlog settles after \(duration(after)), the warm-up is long enough"
          : "warm-up: the backlog settles after \(duration(after)) (MSER-5): make it that long")
      if measured < 10 * after {
        lines.append(
          "run length: the measured \(duration(measured)) are less than ten times as long;"
            + " \(duration(11 * after)) in all would be")
      }
    }
    if advice.dependentReplications > 0 {
      lines.append(
        "batches: \(WarmupAdvice.batches) batches of \(duration(advice.batchLength)) are not"
          + " independent in \(advice.dependentReplications) of \(results.facts.replications)"
          + " replications: one long run would not do")
    }
    return lines
  }

  private static func replications(
    _ results: StudyResults, _ policy: Int, _ relative: Double
  ) -> String {
    let metric = results.facts.primaryMetric
    let values = results.headline.everyone.values(of: metric, policy: policy, point: results.point)
    guard let mean = MeanInterval(all: values), let halfWidth = mean.halfWidth else {
      return "replications: \(metric.name) has no mean"
    }
    let now = "\(metric.name) \(EstimateText.text(mean.mean, halfWidth: halfWidth))"
    // Law, section 9.4.1: the share of the estimate that keeps to the share of the true mean.
    let target = relative / (1 + relative) * mean.mean.magnitude
    let share = "±\(NumberText.shortest(100 * relative)) %"
    if halfWidth <= target { return "replications: \(now) is known to \(share)" }
    guard let needed = mean.replicationsToResolve(target) else {
      return "replications: \(now); no number of them gives \(share)"
    }
    return "replications: \(now); about \(NumberText.grouped(Int64(needed))) give \(share)"
  }

  private static func saturation(_ results: StudyResults, _ policy: Int) -> String {
    let runs = results.headline.everyone.saturatedRuns(policy: policy, point: results.point)
    return runs == 0
      ? "saturated: in no replication"
      : "saturated: in \(runs) of \(results.facts.replications) replications; longer runs do not help"
  }

  /// The planning number of a single busy server, where there is one utilisation to take it from.
  private static func planning(
    _ results: StudyResults, _ policy: Int, _ relative: Double
  ) -> String? {
    let everyone = results.headline.everyone
    let values = everyone.values(of: .utilisation, policy: policy, point: results.point)
    guard let load = MeanInterval(all: values)?.mean, load > 0.5, load < 0.995 else { return nil }
    let customers = QueuePlanning.customers(load: load, relative: relative)
    let measured = everyone.values(of: .intents, policy: policy, point: results.point)
    let all = measured.compactMap { $0 }.reduce(0, +)
    return "planning: one server \(NumberText.fixed(100 * load, digits: 1)) % busy needs about"
      + " \(NumberText.grouped(Int64(customers))) intents for a mean wait within"
      + " ±\(NumberText.shortest(100 * relative)) %; there were"
      + " \(NumberText.grouped(Int64(all))) in all"
  }

  private static func duration(_ seconds: Double) -> String {
    DurationText.text(Int64((seconds * 1e9).rounded()))
  }
}
