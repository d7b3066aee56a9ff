/// A bound on a metric over the replications of a study, apart from where the values come from.
public struct ThresholdRule: Sendable, Equatable {
  /// Which number of the replications is held against the bound.
  public enum Subject: String, Sendable, CaseIterable {
    /// The mean over the replications.
    case mean
    /// The lower end of the mean's confidence interval.
    case intervalLower = "ci_lower"
    /// The upper end of the mean's confidence interval.
    case intervalUpper = "ci_upper"
    /// The lower end of the interval of the paired change from the baseline.
    case pairedIntervalLower = "paired_ci_lower"
    /// The upper end of the interval of the paired change from the baseline.
    case pairedIntervalUpper = "paired_ci_upper"
    /// Each replication by itself.
    case everyReplication = "every_replication"
    /// The replication that satisfies the bound least.
    case worstReplication = "worst_replication"
  }

  /// The bound.
  public let assertion: Assertion
  /// What is held against it.
  public let subject: Subject
  /// The confidence level of intervals.
  public let level: Double
  /// Whether having no data passes, and undefined replications are left out.
  public let allowsEmpty: Bool

  /// The rule that `subject` satisfies `assertion`.
  public init(
    _ assertion: Assertion, on subject: Subject = .mean, level: Double = 0.95,
    allowsEmpty: Bool = false
  ) {
    self.assertion = assertion
    self.subject = subject
    self.level = level
    self.allowsEmpty = allowsEmpty
  }

  /// Holds one value per replication against the bound.
  ///
  /// - Parameters:
  ///   - values: The metric by replication; undefined ones fail the rule, unless it allows them.
  ///   - baseline: Where given, the same replications of the baseline: the rule is then about the
  ///     change from it, in the metric's unit or, for a relative bound, in per cent.
  public func evaluate(_ values: [Double?], versus baseline: [Double?]? = nil) -> ThresholdResult {
    if baseline == nil, assertion.isRelative || subject.needsBaseline { return .init(.noBaseline) }
    let pairs = values.enumerated().map { index, value in
      (value: value, base: baseline.map { $0[index] } ?? 0)
    }
    let defined = pairs.compactMap { pair in
      pair.value.flatMap { value in pair.base.map { base in (value, base) } }
    }
    if defined.isEmpty { return .init(allowsEmpty ? .emptyAllowed : .noData) }
    if defined.count < values.count, !allowsEmpty {
      return .init(.undefined(values.count - defined.count, of: values.count))
    }
    if defined.contains(where: { !$0.0.isFinite || !$0.1.isFinite }) { return .init(.notFinite) }
    guard assertion.isRelative else { return judge(defined.map { $0.0 - $0.1 }, as: .difference) }
    if defined.contains(where: { $0.0 <= 0 || $0.1 <= 0 }) { return .init(.notPositive) }
    return judge(defined.map { PercentChange.logarithm($0.0, over: $0.1) }, as: .logarithm)
  }

  /// What the numbers are that a rule is judged on.
  private enum Scale {
    case difference
    case logarithm

    /// From this scale to that of the bound.
    func shown(_ value: Double) -> Double {
      self == .difference ? value : PercentChange.percent(ofLogarithm: value)
    }
  }

  private func judge(_ values: [Double], as scale: Scale) -> ThresholdResult {
    let moments = Moments(values)
    switch subject {
    case .mean:
      let mean = scale.shown(moments.mean)
      return .init(assertion.holds(for: mean) ? .satisfied : .violated, value: mean)
    case .everyReplication, .worstReplication:
      let shown = values.map(scale.shown)
      let violations = shown.filter { !assertion.holds(for: $0) }.count
      return .init(
        violations == 0 ? .satisfied : .violatedIn(violations, of: shown.count),
        value: assertion.worst(of: shown))
    case .intervalLower, .intervalUpper, .pairedIntervalLower, .pairedIntervalUpper:
      guard let mean = MeanInterval(moments, level: level), let interval = mean.interval else {
        return .init(.tooFewReplications(values.count))
      }
      let shown = Interval(lower: scale.shown(interval.lower), upper: scale.shown(interval.upper))
      let value = subject.isLower ? shown.lower : shown.upper
      if assertion.holds(for: value) { return .init(.satisfied, value: value) }
      guard assertion.canHold(in: shown) else { return .init(.violated, value: value) }
      let bound =
        scale == .difference
        ? assertion.bound : PercentChange.logarithm(ofPercent: assertion.bound)
      let needed = mean.replicationsToResolve((mean.mean - bound).magnitude)
      return .init(.straddles(replicationsNeeded: needed), value: value)
    }
  }
}

extension ThresholdRule.Subject {
  /// Whether the subject is about a change from a baseline.
  public var needsBaseline: Bool { self == .pairedIntervalLower || self == .pairedIntervalUpper }

  fileprivate var isLower: Bool { self == .intervalLower || self == .pairedIntervalLower }
}
