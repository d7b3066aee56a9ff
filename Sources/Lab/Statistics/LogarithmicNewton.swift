import WeirKernel

/// Newton's method on the logarithm of a probability against the logarithm of its argument.
///
/// The tails of the normal, t, chi-square and beta distributions are concave on these scales, and
/// nearly straight far out, so that the iterates approach from one side and never diverge.
enum LogarithmicNewton {
  /// The x > 0 at which a probability reaches `target`.
  ///
  /// - Parameters:
  ///   - target: A probability above 0.
  ///   - start: Where to begin; any point at which the probability is above 0.
  ///   - evaluate: The probability at x, and x times its derivative.
  static func solve(
    for target: Double, from start: Double,
    _ evaluate: (Double) -> (probability: Double, slope: Double)
  ) -> Double {
    let goal = DeterministicMath.log(target)
    var x = start
    for _ in 0..<100 {
      let (probability, slope) = evaluate(x)
      // Near the solution the quotient tells more digits than the difference of logarithms.
      let ratio = (target - probability) / probability
      let distance =
        ratio.magnitude < 0.5
        ? DensityFactor.logOnePlus(ratio) : goal - DeterministicMath.log(probability)
      let step = max(-8, min(8, distance * (probability / slope)))
      x *= DeterministicMath.exp(step)
      if step.magnitude < 1e-9 { break }
    }
    return x
  }
}
