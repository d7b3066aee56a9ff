import WeirFormats
public import WeirKernel

/// What a unit costs, exactly: a number of micro-credits as a ratio.
public struct Price: Hashable, Sendable {
  /// Micro-credits for one unit.
  public let microPerUnit: Ratio

  /// A price of whole credits for one unit.
  public init(credits: Int64) { microPerUnit = Ratio(credits * 1_000_000) }

  /// A price of so many micro-credits for one unit.
  public init(microPerUnit: Ratio) { self.microPerUnit = microPerUnit }

  /// A price in credits, such as `0.0125`; `nil` when it does not fit.
  init?(creditsPerUnit ratio: Ratio) {
    let divisor = greatestDivisor(1_000_000, ratio.denominator)
    let product = ratio.numerator.multipliedReportingOverflow(by: 1_000_000 / divisor)
    if product.overflow { return nil }
    microPerUnit = Ratio(product.partialValue, over: ratio.denominator / divisor)
  }

  /// The price times a factor; `nil` when 64 bits do not hold it.
  func times(_ factor: Ratio) -> Price? {
    if factor == .one { return self }
    if microPerUnit.numerator == 0 || factor.numerator == 0 { return Price(microPerUnit: .zero) }
    let first = greatestDivisor(microPerUnit.numerator, factor.denominator)
    let second = greatestDivisor(factor.numerator, microPerUnit.denominator)
    let upper = (microPerUnit.numerator / first)
      .multipliedReportingOverflow(by: factor.numerator / second)
    let lower = (microPerUnit.denominator / second)
      .multipliedReportingOverflow(by: factor.denominator / first)
    if upper.overflow || lower.overflow { return nil }
    return Price(microPerUnit: Ratio(upper.partialValue, over: lower.partialValue))
  }

  /// The charge for `units`, rounded once, half up; ``Credits/most`` when it is more than that.
  public func charge(for units: Units) -> Credits {
    microPerUnit.times(units.count, rounding: .halfUp).map { Credits(micro: $0) } ?? .most
  }

  /// The most units whose charge is at most `credits`.
  public func units(for credits: Credits) -> Units {
    if microPerUnit.numerator == 0 { return .unlimited }
    if credits < .zero { return .zero }
    // The charge rounds down to `credits` as long as it is below `credits` and a half.
    let denominator = UInt128(microPerUnit.denominator.magnitude)
    let bound = (2 * UInt128(credits.micro.magnitude) + 1) * denominator
    let step = 2 * UInt128(microPerUnit.numerator.magnitude)
    return Units(Int64(clamping: (bound + step - 1) / step - 1))
  }
}

private func greatestDivisor(_ first: Int64, _ second: Int64) -> Int64 {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

extension ValueKind where Value == Price {
  /// Credits for one unit, such as `0.0125`, exact.
  static var price: ValueKind {
    ValueKind<Ratio>.ratio.converted(
      "credits for one unit that 18 digits hold exactly", placeholder: Price(credits: 0)
    ) { Price(creditsPerUnit: $0) }.unit("credits per unit")
  }
}
