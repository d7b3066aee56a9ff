import Testing
import WeirLab

/// Results files are the same bytes on every CPU only if every digit of the statistics is.
@Suite struct SameBitsTests {
  private func digest(_ values: [Double]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in values {
      for shift in stride(from: 0, to: 64, by: 8) {
        hash = (hash ^ (value.bitPattern >> UInt64(shift)) & 0xFF) &* 0x100_0000_01B3
      }
    }
    return hash
  }

  @Test("quantiles and p-values have the same bits in every build and on every CPU")
  func specialFunctions() {
    var values: [Double] = []
    for degreesOfFreedom in 1...40 {
      let distribution = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
      for tail in [0.0005, 0.005, 0.025, 0.05, 0.3] {
        values.append(distribution.upperQuantile(tail))
      }
      for t in [0.3, 1.7, 2.9, 11] { values.append(distribution.twoSided(t)) }
      values.append(ChiSquare(degreesOfFreedom: Double(degreesOfFreedom)).quantile(0.95))
    }
    for tail in [1e-12, 0.001, 0.1, 0.4] { values.append(Normal.upperQuantile(tail)) }
    for hits in [1, 7, 99] {
      values.append(Proportion(hits, of: 100).clopperPearson().lower)
      values.append(Proportion(hits, of: 100).wilson().upper)
    }
    #expect(digest(values) == 16_683_438_062_576_482_321)
  }
}
