/// The counter-based random function Philox 4x32-10.
///
/// Maps a 64-bit key and a 128-bit counter to 128 random bits without any state, so that every
/// sample of a run can be computed from its address alone.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
/// known answers from the Random123 distribution.
public enum Philox {
  /// The 128 random bits at `counter` under `key`, as two words of 64 bits, low word first.
  ///
  /// Complexity: ten rounds of two 32-bit multiplications, without a branch.
  @inlinable
  public static func block(
    key: UInt64, counter low: UInt64, _ high: UInt64
  ) -> (low: UInt64, high: UInt64) {
    var word0 = UInt32(truncatingIfNeeded: low)
    var word1 = UInt32(truncatingIfNeeded: low >> 32)
    var word2 = UInt32(truncatingIfNeeded: high)
    var word3 = UInt32(truncatingIfNeeded: high >> 32)
    var key0 = UInt32(truncatingIfNeeded: key)
    var key1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let product0 = UInt64(0xD251_1F53) &* UInt64(word0)
      let product1 = UInt64(0xCD9E_8D57) &* UInt64(word2)
      word0 = UInt32(truncatingIfNeeded: product1 >> 32) ^ word1 ^ key0
      word1 = UInt32(truncatingIfNeeded: product1)
      word2 = UInt32(truncatingIfNeeded: product0 >> 32) ^ word3 ^ key1
      word3 = UInt32(truncatingIfNeeded: product0)
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    return (
      UInt64(word0) | UInt64(word1) << 32,
      UInt64(word2) | UInt64(word3) << 32
    )
  }
}
