/// The chi-square distribution.
public struct ChiSquare: Sendable, Equatable {
  /// The degrees of freedom, above 0.
  public let degreesOfFreedom: Double

  /// The distribution with `degreesOfFreedom`.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) -> Double {
    x > 0 ? IncompleteGamma.lower(degreesOfFreedom / 2, x / 2) : 0
  }

  /// P(X > x).
  public func upperTail(_ x: Double) -> Double {
    x > 0 ? IncompleteGamma.upper(degreesOfFreedom / 2, x / 2) : 1
  }

  /// The x with P(X ≤ x) = `probability`, which lies strictly between 0 and 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1)
    let shape = degreesOfFreedom / 2
    return probability < 0.5
      ? LogarithmicNewton.solve(for: probability, from: degreesOfFreedom) { x in
        (cumulative(x), DensityFactor.gamma(x / 2, shape: shape))
      }
      : LogarithmicNewton.solve(for: 1 - probability, from: degreesOfFreedom) { x in
        (upperTail(x), -DensityFactor.gamma(x / 2, shape: shape))
      }
  }
}
