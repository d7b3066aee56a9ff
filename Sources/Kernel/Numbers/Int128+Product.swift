extension Int128 {
  /// The exact product of two numbers of 64 bits.
  ///
  /// One multiplication: where both factors are widened first, the signs are taken off and put on
  /// again around it.
  @inlinable @inline(__always)
  public init(_ left: Int64, times right: Int64) {
    let (high, low) = left.multipliedFullWidth(by: right)
    self = Int128(high) << 64 | Int128(low)
  }
}
