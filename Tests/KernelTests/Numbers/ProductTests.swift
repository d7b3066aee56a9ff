import Testing
import WeirKernel

@Suite struct ProductTests {
  @Test(
    "the product of two numbers of 64 bits is that of numbers of 128 bits",
    arguments: [0, 1, -1, 2, -2, 10, 1 << 31, 1 << 32, -(1 << 32), 1 << 62, .max - 1, .max, .min])
  func corners(left: Int64) {
    for right in [0, 1, -1, 3, 1 << 32, 999_999_999_937, -(1 << 62), Int64.max, .min] {
      #expect(Int128(left, times: right) == Int128(left) * Int128(right))
    }
  }
}
