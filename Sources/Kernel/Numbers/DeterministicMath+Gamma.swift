extension DeterministicMath {
  /// The natural logarithm of the gamma function, for a positive `value`; not a number otherwise.
  ///
  /// Error: below 2e-15 times the greater of 1 and the result. Source: Stirling's series from 10 on
  /// (Abramowitz and Stegun 6.1.41), the recurrence Γ(x + 1) = x · Γ(x) below.
  public static func logGamma(_ value: Double) -> Double {
    guard value > 0 else { return .nan }
    guard value < .infinity else { return value }
    var shifted = value
    var product = 1.0
    while shifted < 10 {
      product *= shifted
      shifted += 1
    }
    let inverse = 1 / shifted
    let z = inverse * inverse
    let series =
      inverse
      * (1.0 / 12
        - z
        * (1.0 / 360
          - z
          * (1.0 / 1260
            - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360 - z * (1.0 / 156)))))))
    let halfLogOfTwoPi = 0.918938533204672742
    let stirling = (shifted - 0.5) * log(shifted) - shifted + halfLogOfTwoPi + series
    return product == 1 ? stirling : stirling - log(product)
  }
}
