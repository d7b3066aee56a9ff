/// The sampler of a Zipf law over ranks 1 to `count`, without a table.
///
/// Source: Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete
/// distributions", ACM TOMACS 6(3), 1996. More than 9 of 10 proposals are accepted.
struct ZipfLaw: Hashable, Sendable {
  let exponent: Double
  let count: Int64
  private let areaFirst: Double
  private let areaLast: Double
  private let sureDistance: Double

  init(exponent: Double, count: Int64) {
    self.exponent = exponent
    self.count = count
    areaFirst = Self.area(1.5, exponent) - 1
    areaLast = Self.area(Double(count) + 0.5, exponent)
    sureDistance =
      2
      - Self.inverseArea(
        Self.area(2.5, exponent) - DeterministicMath.pow(2, -exponent), exponent)
  }

  func sample(_ samples: inout Samples) -> Double {
    while true {
      let area = areaLast + samples.uniform() * (areaFirst - areaLast)
      let position = Self.inverseArea(area, exponent)
      let rank = max(1, min(Double(count), Double(Int64(position + 0.5))))
      if rank - position <= sureDistance { return rank }
      let weight = DeterministicMath.exp(-exponent * DeterministicMath.log(rank))
      if area >= Self.area(rank + 0.5, exponent) - weight { return rank }
    }
  }

  /// The integral of x^(−exponent) from 1: (x^(1 − exponent) − 1)/(1 − exponent), or ln x.
  static func area(_ position: Double, _ exponent: Double) -> Double {
    let logarithm = DeterministicMath.log(position)
    let product = (1 - exponent) * logarithm
    if product.magnitude > 0.01 {
      return (DeterministicMath.exp(product) - 1) / product * logarithm
    }
    // (e^t − 1)/t by its series, where the difference would cancel.
    var series = 1.0
    for divisor in stride(from: 7.0, through: 2, by: -1) { series = 1 + product / divisor * series }
    return series * logarithm
  }

  /// Where the integral from 1 reaches `area`.
  static func inverseArea(_ area: Double, _ exponent: Double) -> Double {
    let product = max(-1, (1 - exponent) * area)
    if product.magnitude > 0.01 {
      return DeterministicMath.exp(DeterministicMath.log(1 + product) / product * area)
    }
    // ln(1 + t)/t by its series.
    var series = 1.0 / 9
    for divisor in stride(from: 8.0, through: 1, by: -1) { series = 1 / divisor - product * series }
    return DeterministicMath.exp(series * area)
  }
}
