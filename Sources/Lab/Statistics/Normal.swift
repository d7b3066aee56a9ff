import WeirKernel

/// The standard normal distribution.
public enum Normal {
  /// P(Z ≤ z).
  public static func cumulative(_ z: Double) -> Double { upperTail(-z) }

  /// P(Z > z), with full relative accuracy far out.
  public static func upperTail(_ z: Double) -> Double {
    let half = IncompleteGamma.upper(0.5, z * z / 2) / 2
    return z >= 0 ? half : 1 - half
  }

  /// The z with P(Z ≤ z) = `probability`, which lies strictly between 0 and 1.
  public static func quantile(_ probability: Double) -> Double {
    probability < 0.5 ? -upperQuantile(probability) : upperQuantile(1 - probability)
  }

  /// The z with P(Z > z) = `tail`, for tails that are too small to be told from 1.
  public static func upperQuantile(_ tail: Double) -> Double {
    precondition(tail > 0 && tail < 1)
    if tail > 0.5 { return -upperQuantile(1 - tail) }
    if tail == 0.5 { return 0 }
    // About the median the distance from one half has the digits; far out, the tail has them.
    if tail > 0.25 {
      let central = 0.5 - tail
      return LogarithmicNewton.solve(for: central, from: central * 2.5) { z in
        (IncompleteGamma.lower(0.5, z * z / 2) / 2, z * density(z))
      }
    }
    // Below this bound on the quantile the tail cannot vanish: Q(z) < exp(−z²/2).
    let start = (-2 * DeterministicMath.log(tail)).squareRoot()
    return LogarithmicNewton.solve(for: tail, from: start) { z in
      (upperTail(z), -z * density(z))
    }
  }

  private static func density(_ z: Double) -> Double {
    DeterministicMath.exp(-z * z / 2 - DensityFactor.halfLogOfTwoPi)
  }
}
