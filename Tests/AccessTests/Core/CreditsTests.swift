import Testing
import WeirAccess

@Suite struct CreditsTests {
  private static let extremes: [Int64] = [.min, -.max, -1, 0, 1, .max]

  @Test(
    "a sum that 64 bits do not hold is the most, or as far below zero", arguments: Self.extremes)
  func sums(_ micro: Int64) {
    let (left, wide) = (Credits(micro: micro), Int128(micro))
    for right in Self.extremes {
      let sum = clamped(wide + Int128(right))
      let difference = clamped(wide - Int128(right))
      var credits = left
      credits += Credits(micro: right)
      #expect(credits == sum && left + Credits(micro: right) == sum, "\(micro) + \(right)")
      credits = left
      credits -= Credits(micro: right)
      #expect(
        credits == difference && left - Credits(micro: right) == difference, "\(micro) - \(right)")
    }
  }

  @Test("no amount is too far below zero to be turned round")
  func opposite() {
    #expect(-Credits(micro: .min) == .most && Credits(micro: .min).magnitude == .most)
    #expect(-Credits.most + .most == .zero && (-Credits.most).magnitude == .most)
    #expect(Credits(micro: -7).magnitude == Credits(micro: 7))
    #expect(Credits(micro: 7).magnitude == Credits(micro: 7))
  }

  /// The nearest amount; what 64 bits hold stays as it is.
  private func clamped(_ exact: Int128) -> Credits {
    if exact == Int128(Int64.min) { return Credits(micro: .min) }
    return Credits(micro: Int64(max(-Int128(Int64.max), min(Int128(Int64.max), exact))))
  }
}
