/// Every two policies compared by one metric, with one rule for what is sure.
///
/// Differences from the baseline are corrected by Holm's procedure over the other policies, as in
/// `comparison.csv`; those between any two of the others over all such pairs. So the same two
/// policies have the same verdict wherever they are compared by the same metric.
public struct PairwiseVerdicts: Sendable {
  /// One policy against another.
  public struct Pair: Sendable {
    /// The differences, pair by pair.
    public let paired: PairedComparison
    /// Their p-value after correction; `nil` when all replications are identical.
    public let adjustedPValue: Double?
    /// What the difference comes to.
    public let judgement: Judgement
  }

  private let count: Int
  /// By policy, then by the policy that it is compared with.
  private var pairs: [Pair?]

  /// Compares all policies.
  ///
  /// - Parameters:
  ///   - values: The metric by policy and replication; policies without a value in some
  ///     replication are not compared.
  ///   - baseline: The policy that the others are compared with, as an index.
  ///   - better: Which way the metric is good.
  ///   - smallestDifference: The smallest difference of interest, above 0, in the metric's unit.
  public init(
    _ values: [[Double?]], baseline: Int, better: Direction, smallestDifference: Double? = nil
  ) {
    count = values.count
    pairs = Array(repeating: nil, count: count * count)
    let others = values.indices.filter { $0 != baseline }
    let fromBaseline = others.map { (policy: $0, other: baseline) }
    let between = others.flatMap { other in
      others.filter { $0 > other }.map { (policy: $0, other: other) }
    }
    for family in [fromBaseline, between] {
      let compared = family.compactMap { pair in
        PairedComparison(all: values[pair.other], candidate: values[pair.policy]).map {
          (pair.policy, pair.other, $0)
        }
      }
      var adjusted = Holm.adjusted(compared.compactMap(\.2.pValue))[...]
      for (policy, other, paired) in compared {
        let pValue = paired.pValue == nil ? nil : adjusted.popFirst()
        func pair(_ paired: PairedComparison) -> Pair {
          Pair(
            paired: paired, adjustedPValue: pValue,
            judgement: Judgement(
              paired, adjustedPValue: pValue, direction: better,
              smallestDifference: smallestDifference))
        }
        pairs[policy * count + other] = pair(paired)
        pairs[other * count + policy] = PairedComparison(
          all: values[policy], candidate: values[other]
        ).map(pair)
      }
    }
  }

  /// How `policy` compares with `other`; `nil` where one has no value in some replication.
  public subscript(policy: Int, other: Int) -> Pair? { pairs[policy * count + other] }
}
