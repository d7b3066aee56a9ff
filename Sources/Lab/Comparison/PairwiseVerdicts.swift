/// Every two policies compared by one metric, with one rule for what is sure.
///
/// Differences from the baseline are corrected by Holm's procedure over the other policies, as in
/// `comparison.csv`; those between any two of the others over all such pairs. So the same two
/// policies have the same verdict wherever they are compared by the same metric.
public struct PairwiseVerdicts: Sendable {
  private let count: Int
  /// By policy, then by the policy that it is compared with.
  private var pairs: [JudgedComparison?]

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
      let judged = JudgedComparison.judged(
        family.map { PairedComparison(all: values[$0.other], candidate: values[$0.policy]) },
        better: better, smallestDifference: smallestDifference)
      for ((policy, other), pair) in zip(family, judged) {
        pairs[policy * count + other] = pair
        pairs[other * count + policy] = pair?.reversed(
          better: better, smallestDifference: smallestDifference)
      }
    }
  }

  /// How `policy` compares with `other`; `nil` where one has no value in some replication.
  public subscript(policy: Int, other: Int) -> JudgedComparison? { pairs[policy * count + other] }
}
