/// What becomes of an account's use when its limit changes in the middle of a window.
///
/// The four answers of bucket4j, in terms of what is left: `left` of an `old` limit becomes so much
/// of a `new` one. An account that has everything left has everything left afterwards, and one that
/// had no limit starts with everything.
public enum Inheritance: String, CaseIterable, Hashable, Sendable {
  /// Everything is there: the use so far is forgotten.
  case reset
  /// As much is left as before, and at most the new limit.
  case asIs
  /// What the limit grows by is added; a smaller limit is as with `asIs`.
  case additive
  /// The same part of the limit is left.
  case proportional
}

extension Inheritance {
  /// What is left of `new`, when `left` of `old` was; negative where more than the limit was used.
  func left(_ left: Units, of old: Units, under new: Units) -> Units {
    Units(
      Int64(
        clamping: self.left(
          Int128(left.count), of: Int128(old.count), per: 1, under: Int128(new.count), per: 1)))
  }

  /// What is left of a scaled limit, rounded down.
  ///
  /// A unit is worth `scale` in `left` and in `old`, and `newScale` in `new` and in the result.
  func left(
    _ left: Int128, of old: Int128, per scale: Int128, under new: Int128, per newScale: Int128
  ) -> Int128 {
    if self == .reset || left >= old { return new }
    if self == .proportional, old > 0 { return left.scaled(by: new, over: old) }
    let same = left.scaled(by: newScale, over: scale)
    guard self == .additive, new * scale > old * newScale else { return min(same, new) }
    return same + new - old.scaled(by: newScale, over: scale)
  }
}

extension Int128 {
  /// The product with a `factor` of at least 0 over a positive `divisor`, rounded down, exact in
  /// between.
  func scaled(by factor: Int128, over divisor: Int128) -> Int128 {
    if factor == divisor { return self }
    let product = magnitude.multipliedFullWidth(by: factor.magnitude)
    let (quotient, rest) = divisor.magnitude.dividingFullWidth((product.high, product.low))
    return self < 0 ? -Int128(quotient) - (rest > 0 ? 1 : 0) : Int128(quotient)
  }
}
