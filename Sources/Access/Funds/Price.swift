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

  /// The charge for `units`, rounded once, half up; no more than a thousand billion credits.
  public func charge(for units: Units) -> Credits {
    let most: Int64 = 1_000_000_000_000_000_000
    return Credits(
      micro: min(most, microPerUnit.times(units.count, rounding: .halfUp) ?? most))
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

/// The prices of a fund: one for every product, or one for each product that it sells.
public struct PriceList: Sendable {
  private let standard: Price?
  private let named: [(product: Located<String>, price: Price)]

  /// One price for every product.
  public init(_ price: Price) {
    standard = price
    named = []
  }

  /// Prices by product; other products are not sold.
  public init(products: KeyValuePairs<String, Price>) {
    standard = nil
    named = products.map { (Located($0.key), $0.value) }
  }

  init(entries: [(key: String, value: Located<Price>)]) {
    standard = nil
    named = entries.map { entry in
      let place = entry.value
      return (Located(entry.key, pointer: place.pointer, position: place.position), place.value)
    }
  }

  /// The products that have a price of their own.
  var productNames: [Located<String>] { named.map(\.product) }

  /// Whether each price times each of the `factors` and each of the `steps` fits.
  func fits(_ factors: [Ratio], _ steps: [Ratio]) -> Bool {
    (named.map(\.price) + (standard.map { [$0] } ?? [])).allSatisfy { price in
      factors.allSatisfy { factor in
        steps.allSatisfy { price.times(factor)?.times($0) != nil }
      }
    }
  }

  /// The price of each product of `directory`; `nil` for those that are not sold.
  func resolved(for directory: Directory) -> [Price?] {
    directory.products.map { product in
      named.first { $0.product.value == product }?.price ?? standard
    }
  }
}

extension ValueKind where Value == Price {
  /// Credits for one unit, such as `0.0125`, exact.
  static var price: ValueKind {
    ValueKind<Ratio>.ratio.converted(
      "credits for one unit that 18 digits hold exactly", placeholder: Price(credits: 0)
    ) { Price(creditsPerUnit: $0) }.unit("credits per unit")
  }
}

extension ValueKind where Value == PriceList {
  /// One price, or a map from products to prices.
  static var priceList: ValueKind {
    .either(
      ValueKind<Price>.price.map { PriceList($0) },
      ValueKind<[(key: String, value: Located<Price>)]>.map(of: .located(.price)).map {
        PriceList(entries: $0)
      })
  }
}
