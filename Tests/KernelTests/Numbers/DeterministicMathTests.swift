import Foundation
import Testing

@testable import WeirKernel

@Suite struct DeterministicMathTests {
  struct LogarithmCases: Decodable {
    struct Case: Decodable {
      var x: Double
      var bits_hex: String
    }
    var digest_fnv1a64: String
    var cases: [Case]
  }

  static func published() throws -> LogarithmCases {
    let url = try #require(
      Bundle.module.url(
        forResource: "deterministic_log", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(LogarithmCases.self, from: Data(contentsOf: url))
  }

  @Test("the logarithm is fdlibm's, bit for bit, in the cases given")
  func logarithmCases() throws {
    let cases = try Self.published().cases
    #expect(cases.count == 16)
    for entry in cases {
      let bits = try #require(UInt64(entry.bits_hex, radix: 16))
      #expect(DeterministicMath.log(entry.x).bitPattern == bits, "log \(entry.x)")
    }
  }

  /// SplitMix64 and FNV-1a as in the fixture, whose digest starts from 1469598103934665603.
  ///
  /// The digest of the first 100,000 is that of fdlibm's own e_log.c, compiled in C without
  /// contraction; that of two million, from the fixture, takes too long in debug builds.
  @Test("logarithms have the digest that was computed with and without FMA")
  func logarithmDigest() throws {
    #expect(logarithmDigest(count: 100_000) == "8eb13e7d1ef2b678")
    #if !DEBUG
      #expect(logarithmDigest(count: 2_000_000) == (try Self.published().digest_fnv1a64))
    #endif
  }

  private func logarithmDigest(count: Int) -> String {
    var state: UInt64 = 42
    var digest: UInt64 = 1_469_598_103_934_665_603
    for _ in 0..<count {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      var bits = DeterministicMath.log((Double(word >> 12) + 0.5) * 0x1p-52).bitPattern
      for _ in 0..<8 {
        digest = (digest ^ bits & 0xFF) &* 0x100_0000_01B3
        bits >>= 8
      }
    }
    return String(digest, radix: 16)
  }

  /// Two ulps here, since the C library may itself be one off; mpmath finds 0.83 at most.
  @Test("log, exp and pow stay within two ulps of the C library")
  func accuracy() {
    var samples = SampleKey(seed: 1).samples(Purpose(rawValue: 1))
    for _ in 0..<5000 {
      let any = Double(bitPattern: samples.next() & Int64.max.magnitude)
      if any.isFinite { expectClose(DeterministicMath.log(any), log(any), "log \(any)") }
      let near = 0.5 + 1.5 * samples.uniform()
      expectClose(DeterministicMath.log(near), log(near), "log \(near)")
      let power = 1450 * samples.uniform() - 740
      expectClose(DeterministicMath.exp(power), exp(power), "exp \(power)")
      let small = 2 * samples.uniform() - 1
      expectClose(DeterministicMath.exp(small), exp(small), "exp \(small)")
      let exponent = 690 * small / (0.01 + abs(log(near)))
      expectClose(DeterministicMath.pow(near, exponent), pow(near, exponent), "\(near)^\(exponent)")
    }
  }

  @Test("the log of the gamma function, against the C library and ln 99!")
  func logGamma() {
    var samples = SampleKey(seed: 2).samples(Purpose(rawValue: 1))
    for _ in 0..<5000 {
      let value = exp(30 * samples.uniform() - 10)
      let exact: Double = lgamma(value)
      #expect(
        abs(DeterministicMath.logGamma(value) - exact) < 1e-14 * max(1, abs(exact)),
        "ln Γ(\(value))")
    }
    // OEIS A000142; ln 99! = 359.1342053695754 (mpmath 1.3).
    #expect(abs(DeterministicMath.logGamma(100) - 359.1342053695754) < 1e-12)
    #expect(DeterministicMath.logGamma(0).isNaN)
  }

  @Test("the ends of the ranges are those of IEEE 754")
  func ends() {
    #expect(DeterministicMath.log(0) == -.infinity)
    #expect(DeterministicMath.log(-1).isNaN)
    #expect(DeterministicMath.log(.infinity) == .infinity)
    #expect(DeterministicMath.log(.nan).isNaN)
    #expect(DeterministicMath.exp(710) == .infinity)
    #expect(DeterministicMath.exp(-746) == 0)
    #expect(DeterministicMath.exp(-745) == .leastNonzeroMagnitude)
    #expect(DeterministicMath.exp(0) == 1)
    #expect(DeterministicMath.exp(.nan).isNaN)
    #expect(DeterministicMath.pow(0, 2) == 0)
    #expect(DeterministicMath.pow(0, -2) == .infinity)
    #expect(DeterministicMath.pow(0, 0) == 1)
    #expect(DeterministicMath.pow(.infinity, -1) == 0)
    #expect(DeterministicMath.pow(-2, 2).isNaN)
    #expect(DeterministicMath.pow(2, .nan).isNaN)
    #expect(DeterministicMath.pow(10, 308.3) == .infinity)
    #expect(DeterministicMath.pow(10, -330) == 0)
    #expect(DeterministicMath.pow(2, 10) == 1024)
    #expect(DeterministicMath.pow(10, -3) == 1e-3)
    #expect(DeterministicMath.pow(.leastNonzeroMagnitude, 1) == .leastNonzeroMagnitude)
  }

  private func expectClose(_ value: Double, _ exact: Double, _ what: @autoclosure () -> String) {
    // Below the normal range an ulp is the least number there is.
    let tolerance = 2 * max(exact.ulp, .leastNonzeroMagnitude)
    if value != exact && !(abs(value - exact) <= tolerance) {
      Issue.record("\(what()) = \(value), expected \(exact)")
    }
  }
}
