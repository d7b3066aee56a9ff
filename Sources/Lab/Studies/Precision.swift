import WeirFormats
import WeirSimulation

/// How precise a study is to be: replications are added in whole batches until it is.
///
/// A batch has as many replications as the scenario asks for. The study stops after the first batch
/// with which, under every policy at every point, the half width of the interval of the primary
/// metric is narrow enough. Only whole batches are looked at, and their values in the order of the
/// replications, so that neither threads nor what was done before decide where it stops.
///
/// Source: Law, "Simulation Modeling and Analysis", section 9.4.1; see ``StoppingRule``.
public struct Precision: Sendable, Equatable {
  /// How narrow the intervals have to be.
  public let target: StoppingRule.Target
  /// The target as it was given: `5%` of the mean, or a number in the unit of the metric.
  public let text: String
  /// The most replications that are made.
  public let most: Int

  /// Reads a target such as `5%` or `0.02`; `nil` when it is not one.
  public init?(parsing text: String, most: Int) {
    let isShare = text.hasSuffix("%")
    let digits = isShare ? text.dropLast() : text[...]
    guard let value = Double(digits), value > 0, value.isFinite,
      digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    target = isShare ? .relative(value / 100) : .absolute(value)
    self.text = text
    self.most = most
  }

  /// The options that ask for it, as words of a command.
  public var words: [String] {
    ["--until-half-width", text, "--at-most", String(most)]
  }

  /// The number of replications after `count`, a batch more; `nil` when that would be too many.
  func next(after count: Int, batch: Int) -> Int? {
    count + batch <= most ? count + batch : nil
  }

  /// What is not precise enough yet; `nil` when everything is.
  func shortfall(in summary: StudySummary) -> Shortfall? {
    let rule = StoppingRule(target)
    let metric = summary.study.scenario.primaryMetric
    for point in summary.study.points.indices {
      for policy in summary.study.scenario.policies.indices {
        let values = summary.values(
          of: metric, policy: policy, point: point,
          scope: summary.study.scenario.scope(of: metric))
        let known = values.compactMap { $0 }
        let moments = Moments(known)
        guard known.count < values.count || !rule.isMet(by: moments) else { continue }
        return Shortfall(
          policy: policy, point: point, undefined: values.count - known.count,
          interval: MeanInterval(moments))
      }
    }
    return nil
  }

  /// A policy at a point whose interval is too wide.
  public struct Shortfall: Sendable, Equatable {
    /// The policy, as an index into the scenario.
    public let policy: Int
    /// The point, as an index into the study.
    public let point: Int
    /// The replications in which the metric is undefined.
    public let undefined: Int
    /// The interval over the others; `nil` when there are none.
    public let interval: MeanInterval?
  }
}

/// What came of a wish for precision.
public struct PrecisionOutcome: Sendable, Equatable {
  /// The wish.
  public let precision: Precision
  /// The number of replications in a batch.
  public let batch: Int
  /// What is still not precise enough; `nil` when everything is.
  public let shortfall: Precision.Shortfall?

  /// The outcome for the manifest.
  func document(metric: Metric) -> JSONNode {
    .object([
      ("halfWidth", .text(precision.text)), ("metric", .text(metric.name)),
      ("batch", .number(batch)), ("most", .number(precision.most)),
      ("reached", .flag(shortfall == nil)),
    ])
  }
}
