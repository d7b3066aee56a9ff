/// What a metric is: its unit, which way it is good, where it belongs, and its formula.
public struct MetricDefinition: Sendable, Hashable {
  /// The unit, in words; empty for shares and indices without one.
  public let unit: String
  /// Which way the metric is good.
  public let better: Better
  /// The heading that it stands under.
  public let heading: Heading
  /// What it is, with its formula, in a sentence or two.
  public let text: String
  /// Whether a population has it by itself; otherwise only all of them together do.
  public let isByPopulation: Bool
  /// Whether it means nothing in a run whose backlog grew without end.
  public let isSteadyState: Bool

  /// Which way a metric is good.
  public enum Better: String, CaseIterable, Sendable {
    /// More is better.
    case higher
    /// Less is better.
    case lower
    /// Neither: it describes.
    case neither
  }

  /// The headings under which metrics are shown.
  public enum Heading: String, CaseIterable, Sendable {
    /// What was asked and what became of it.
    case counts
    /// How long things took.
    case latency
    /// How equally service was shared out.
    case fairness
    /// What the fleet did.
    case utilisation
    /// What stood in the accounts' way.
    case access
    /// What was charged.
    case money
    /// How well misuse was told from use.
    case abuse
    /// How soon unusual traffic was seen, and what was done in answer.
    case alarms
  }
}

extension MetricDefinition {
  /// Whether its values are whole numbers: those that count something.
  public var isWhole: Bool {
    let counted = [
      "accounts", "sessions", "intents", "attempts", "calls", "purchases", "units",
      "micro-credits",
    ]
    return counted.contains(unit)
  }
}

extension Metric {
  /// What the metric is.
  public var definition: MetricDefinition { Self.definitions[column] }

  /// The definitions by column; traps when a metric has none, or two.
  private static let definitions: [MetricDefinition] = {
    let entries =
      MetricDefinition.counts + MetricDefinition.latency + MetricDefinition.fairness
      + MetricDefinition.utilisation + MetricDefinition.access + MetricDefinition.money
      + MetricDefinition.abuse + MetricDefinition.alarms
    let byMetric = Dictionary(uniqueKeysWithValues: entries)
    return allCases.map { metric in
      guard let definition = byMetric[metric] else { preconditionFailure("\(metric) undefined") }
      return definition
    }
  }()
}
