/// Student's t distribution.
///
/// Source: the incomplete beta function (Abramowitz and Stegun 26.7.1), inverted by Newton.
public struct StudentT: Sendable, Equatable {
  /// The degrees of freedom, above 0.
  public let degreesOfFreedom: Double

  /// The distribution with `degreesOfFreedom`, which need not be whole.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(T ≤ t).
  public func cumulative(_ t: Double) -> Double { upperTail(-t) }

  /// P(T > t), with full relative accuracy up to about 1e150, where t² ends.
  public func upperTail(_ t: Double) -> Double {
    let half = twoSided(t) / 2
    return t >= 0 ? half : 1 - half
  }

  /// P(|T| > |t|), the two-sided p-value of the statistic `t`.
  public func twoSided(_ t: Double) -> Double {
    if t.isInfinite { return 0 }
    let (x, y) = shares(t)
    return IncompleteBeta.value(x, complement: y, degreesOfFreedom / 2, 0.5)
  }

  /// The t with P(T ≤ t) = `probability`, which lies strictly between 0 and 1.
  public func quantile(_ probability: Double) -> Double {
    probability < 0.5 ? -upperQuantile(probability) : upperQuantile(1 - probability)
  }

  /// The t with P(T > t) = `tail`; for small tails, which a probability near 1 cannot express.
  public func upperQuantile(_ tail: Double) -> Double {
    precondition(tail > 0 && tail < 1)
    if tail > 0.5 { return -upperQuantile(1 - tail) }
    if tail == 0.5 { return 0 }
    // About the median the distance from one half has the digits; far out, the tail has them.
    if tail > 0.25 {
      let central = 0.5 - tail
      return LogarithmicNewton.solve(for: central, from: central * 2.5) { t in
        let (x, y) = shares(t)
        return (IncompleteBeta.value(y, complement: x, 0.5, degreesOfFreedom / 2) / 2, slope(t))
      }
    }
    return LogarithmicNewton.solve(for: tail, from: Normal.upperQuantile(tail)) { t in
      (upperTail(t), -slope(t))
    }
  }

  /// ν / (ν + t²) and t² / (ν + t²).
  private func shares(_ t: Double) -> (Double, Double) {
    let square = min(t * t, .greatestFiniteMagnitude)
    return (degreesOfFreedom / (degreesOfFreedom + square), square / (degreesOfFreedom + square))
  }

  /// t times the density at t, which is a beta factor.
  private func slope(_ t: Double) -> Double {
    let (x, y) = shares(t)
    return DensityFactor.beta(x, y, degreesOfFreedom / 2, 0.5)
  }
}
