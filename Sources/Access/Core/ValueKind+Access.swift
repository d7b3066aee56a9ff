public import WeirFormats
public import WeirKernel

extension ValueKind where Value == SimDuration {
  /// A span of time with its unit, such as `5h`, of at least 0.
  public static var span: ValueKind { span(from: .zero) }

  /// A span of time with its unit, of at least `least`.
  public static func span(from least: SimDuration) -> ValueKind {
    ValueKind<Int64>.duration(in: least.nanoseconds...Int64.max).map(
      { SimDuration(nanoseconds: $0) }, back: { $0.nanoseconds })
  }
}

extension ValueKind where Value == Units {
  /// A number of units, such as `45` or `40k`, of at least 0.
  public static var units: ValueKind {
    ValueKind<Int64>.quantity(in: 0...1_000_000_000_000_000).map(
      { Units($0) }, back: { $0.count })
  }
}

extension ValueKind where Value == Credits {
  /// An amount of credits, such as `12.5`, exact to the micro-credit.
  public static var credits: ValueKind {
    ValueKind<DecimalText>.decimal(in: 0...1_000_000_000).converted(
      "credits in whole millionths", placeholder: .zero,
      { text in
        guard let ratio = Ratio(decimal: text.description),
          ratio.denominator.isFactor(of: 1_000_000)
        else { return nil }
        return ratio.times(1_000_000, rounding: .down).map { Credits(micro: $0) }
      })
  }
}

extension ValueKind where Value == Ratio {
  /// An exact number of at least 0, such as `0.0125`.
  public static var ratio: ValueKind {
    ValueKind<DecimalText>.decimal(in: 0...).converted(
      "a decimal that 18 digits hold exactly", placeholder: .zero,
      { Ratio(decimal: $0.description) }, back: \.decimal)
  }
}

extension Ratio {
  /// The ratio as a decimal; `nil` when it has no end, such as a third.
  fileprivate var decimal: DecimalText? {
    var power: Int64 = 1
    for places in 0...18 {
      if power.isMultiple(of: denominator) {
        let (digits, overflow) = numerator.multipliedReportingOverflow(by: power / denominator)
        return overflow ? nil : DecimalText("\(digits)e-\(places)")
      }
      power = places < 18 ? power * 10 : power
    }
    return nil
  }
}

extension Int64 {
  fileprivate func isFactor(of number: Int64) -> Bool { number.isMultiple(of: self) }
}
