/// The SHA-256 digest of bytes, taken piece by piece.
///
/// For naming and comparing files, not for secrets. Source: FIPS 180-4, sections 4.1.2, 5 and 6.2.
public struct SHA256: Sendable {
  private var state: InlineArray<8, UInt32> = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
    0x5BE0_CD19,
  ]
  /// The bytes of a block that is not full yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  /// The digest of nothing, so far.
  public init() { rest.reserveCapacity(64) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(64 - rest.count, bytes.count)
      rest += bytes[..<start]
      guard rest.count == 64 else { return }
      rest.withUnsafeBytes { Self.compress($0[...], into: &state) }
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count - start >= 64 {
      Self.compress(bytes[start..<(start + 64)], into: &state)
      start += 64
    }
    rest += bytes[start...]
  }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The digest of all bytes added, as 64 hexadecimal digits.
  public func hexadecimalDigest() -> String {
    var padded = self
    let bits = count * 8
    let zeros = (119 - rest.count) % 64
    padded.update([0x80] + [UInt8](repeating: 0, count: zeros))
    padded.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for index in 0..<8 {
      let word = padded.state[index]
      for shift in stride(from: 28, through: 0, by: -4) {
        text.append(digits[Int(word >> shift & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of `text` in UTF-8.
  public static func hexadecimalDigest(of text: String) -> String {
    var digest = SHA256()
    digest.update(Array(text.utf8))
    return digest.hexadecimalDigest()
  }

  /// Folds a block of 64 bytes into the state.
  private static func compress(
    _ block: Slice<UnsafeRawBufferPointer>, into state: inout InlineArray<8, UInt32>
  ) {
    let bytes = UnsafeRawBufferPointer(rebasing: block)
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 {
      let word = bytes.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self)
      schedule[index] = UInt32(bigEndian: word)
    }
    // Four words at a time: first what they take from words that are known by now, then what each
    // takes from the last but one.
    for start in stride(from: 16, to: 64, by: 4) {
      for index in start..<(start + 4) {
        let far = schedule[index &- 15]
        let farMix = far.rotated(7) ^ far.rotated(18) ^ far >> 3
        schedule[index] = schedule[index &- 16] &+ farMix &+ schedule[index &- 7]
      }
      for index in start..<(start + 4) {
        let near = schedule[index &- 2]
        schedule[index] &+= near.rotated(17) ^ near.rotated(19) ^ near >> 10
      }
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // Eight rounds at a time, after which each variable is in its own place again.
    for index in stride(from: 0, to: 64, by: 8) {
      round(a, b, c, &d, e, f, g, &h, schedule[index], constants[index])
      round(h, a, b, &c, d, e, f, &g, schedule[index | 1], constants[index | 1])
      round(g, h, a, &b, c, d, e, &f, schedule[index | 2], constants[index | 2])
      round(f, g, h, &a, b, c, d, &e, schedule[index | 3], constants[index | 3])
      round(e, f, g, &h, a, b, c, &d, schedule[index | 4], constants[index | 4])
      round(d, e, f, &g, h, a, b, &c, schedule[index | 5], constants[index | 5])
      round(c, d, e, &f, g, h, a, &b, schedule[index | 6], constants[index | 6])
      round(b, c, d, &e, f, g, h, &a, schedule[index | 7], constants[index | 7])
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  /// One round, which leaves its results in `d` and `h` instead of moving all eight variables on.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32, _ constant: UInt32
  ) {
    // The rotations by 6, 11 and 25, and by 2, 13 and 22, each on top of the one before.
    let mixed = ((e.rotated(14) ^ e).rotated(5) ^ e).rotated(6)
    let chosen = (f ^ g) & e ^ g
    h = h &+ mixed &+ chosen &+ constant &+ word
    d = d &+ h
    let majority = (a & b) | ((a | b) & c)
    h = h &+ ((a.rotated(9) ^ a).rotated(11) ^ a).rotated(2) &+ majority
  }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4,
    0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE,
    0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F,
    0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA, 0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC,
    0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
    0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070, 0x19A4_C116,
    0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7,
    0xC671_78F2,
  ]
}

extension UInt32 {
  /// The bits moved to the right by `places`, those that fall off entering on the left.
  fileprivate func rotated(_ places: UInt32) -> UInt32 { self >> places | self << (32 - places) }
}
