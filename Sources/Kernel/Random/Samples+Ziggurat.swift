extension Samples {
  /// The next exponential number of mean 1, always positive or 0 with probability 2⁻⁵³.
  @inline(__always)
  public mutating func exponential() -> Double {
    let bits = next()
    let layer = Ziggurat.exponential.layers[Int(bits & 0xFF)]
    let position = bits >> 11
    return position < layer.sure ? Double(position) * layer.scale : exponential(from: bits)
  }

  /// An exponential number from 64 random `bits`, and from more where they do not suffice.
  @inline(never)
  private mutating func exponential(from first: UInt64) -> Double {
    let ziggurat = Ziggurat.exponential
    var offset = 0.0
    var bits = first
    while true {
      let position = bits >> 11
      let index = Int(bits & 0xFF)
      let layer = ziggurat.layers[index]
      let value = Double(position) * layer.scale
      if position < layer.sure { return offset + value }
      if index == 0 {
        // The tail of an exponential is the exponential again, further out.
        offset += ziggurat.tail
      } else if ziggurat.height(uniform(), ofLayer: index) < DeterministicMath.exp(-value) {
        return offset + value
      }
      bits = next()
    }
  }

  /// The next normal number of mean 0 and standard deviation 1.
  @inline(__always)
  public mutating func normal() -> Double {
    let bits = next()
    let layer = Ziggurat.normal.layers[Int(bits & 0xFF)]
    let position = bits >> 11
    guard position < layer.sure else { return normal(from: bits) }
    // The sign without a branch, which no processor would predict.
    let value = Double(position) * layer.scale
    return Double(bitPattern: value.bitPattern ^ (bits & 0x100) << 55)
  }

  /// A normal number from 64 random `bits`, and from more where they do not suffice.
  @inline(never)
  private mutating func normal(from first: UInt64) -> Double {
    let ziggurat = Ziggurat.normal
    var bits = first
    while true {
      let position = bits >> 11
      let index = Int(bits & 0xFF)
      let layer = ziggurat.layers[index]
      let value = Double(position) * layer.scale
      let isNegative = bits & 0x100 != 0
      if position < layer.sure { return isNegative ? -value : value }
      if index == 0 {
        let beyond = ziggurat.tail + normalExcess(over: ziggurat.tail)
        return isNegative ? -beyond : beyond
      }
      let height = ziggurat.height(uniform(), ofLayer: index)
      if height < DeterministicMath.exp(-0.5 * value * value) {
        return isNegative ? -value : value
      }
      bits = next()
    }
  }

  /// How far a normal number that is known to exceed `tail` lies beyond it (Marsaglia, 1964).
  private mutating func normalExcess(over tail: Double) -> Double {
    while true {
      let excess = exponential() / tail
      if 2 * exponential() > excess * excess { return excess }
    }
  }
}
