extension Samples {
  /// The next uniform number in the open interval from 0 to 1: a whole number of 2⁻⁵³.
  ///
  /// All 2⁵³ − 1 values are equally likely, symmetric about one half; 0 and 1 never come.
  @inlinable
  public mutating func uniform() -> Double {
    while true {
      let bits = next() >> 11
      if bits != 0 { return Double(bits) * 0x1p-53 }
    }
  }

  /// The next whole number from 0 to `bound` − 1, each exactly equally likely; traps on 0.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019.
  @inlinable
  public mutating func below(_ bound: UInt64) -> UInt64 {
    precondition(bound > 0, "no number lies below 0")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let surplus = (0 &- bound) % bound
      while product.low < surplus { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// True with `probability`, to within 2⁻⁵³; never at 0 or below, always at 1 or above.
  @inlinable
  public mutating func bernoulli(_ probability: Double) -> Bool {
    Double(next() >> 11) * 0x1p-53 < probability
  }
}
