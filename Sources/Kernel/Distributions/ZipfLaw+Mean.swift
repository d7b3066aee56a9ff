extension ZipfLaw {
  /// The mean rank.
  var mean: Double { powerSum(exponent - 1, through: count) / powerSum(exponent, through: count) }

  /// By how much the rank exceeds `threshold` on average.
  func meanExcess(over threshold: Double) -> Double {
    if threshold < 1 { return mean - threshold }
    if threshold >= Double(count) { return 0 }
    let last = Int64(threshold)
    let weights = powerSum(exponent, through: count)
    let ranksBeyond =
      powerSum(exponent - 1, through: count) - powerSum(exponent - 1, through: last)
    let weightsBeyond = weights - powerSum(exponent, through: last)
    return (ranksBeyond - threshold * weightsBeyond) / weights
  }

  /// The sum of rank^(−power) from rank 1 through `last`, to about 1e-13 of it.
  ///
  /// A thousand ranks one by one, the rest by the formula of Euler and Maclaurin.
  private func powerSum(_ power: Double, through last: Int64) -> Double {
    let head = min(last, 1000)
    var sum = 0.0
    for rank in stride(from: head, through: 1, by: -1) {
      sum += DeterministicMath.pow(Double(rank), -power)
    }
    if head == last { return sum }
    let ends = (Double(head), Double(last))
    let weights = (
      DeterministicMath.pow(ends.0, -power), DeterministicMath.pow(ends.1, -power)
    )
    let integral = Self.area(ends.1, power) - Self.area(ends.0, power)
    let slopes = -power * (weights.1 / ends.1 - weights.0 / ends.0) / 12
    return sum + (integral + 0.5 * (weights.1 - weights.0) + slopes)
  }
}
