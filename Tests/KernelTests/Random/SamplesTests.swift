import Foundation
import Testing

@testable import WeirKernel

@Suite struct SamplesTests {
  @Test("uniform samples pass Kolmogorov and Smirnov", arguments: 1...3 as ClosedRange<UInt64>)
  func uniform(seed: UInt64) {
    expectLaw(seed: seed, { $0.uniform() }, distribution: { $0 })
  }

  @Test("exponential samples pass Kolmogorov and Smirnov", arguments: 1...3 as ClosedRange<UInt64>)
  func exponential(seed: UInt64) {
    expectLaw(seed: seed, { $0.exponential() }, distribution: { 1 - exp(-$0) })
  }

  @Test("normal samples pass Kolmogorov and Smirnov", arguments: 1...3 as ClosedRange<UInt64>)
  func normal(seed: UInt64) {
    expectLaw(seed: seed, { $0.normal() }, distribution: { 0.5 * erfc(-$0 / 2.0.squareRoot()) })
  }

  /// Beyond 7.697 and 3.654 the samplers leave the layers for their tails.
  @Test("the tails, where the layers end, are as heavy as they should be")
  func tails() {
    var samples = SampleKey(seed: 5).samples(Purpose(rawValue: 1))
    let count = 300_000
    var beyond = (exponential: 0, normal: 0)
    for _ in 0..<count {
      if samples.exponential() > 7.8 { beyond.exponential += 1 }
      if abs(samples.normal()) > 3.7 { beyond.normal += 1 }
    }
    expectCount(beyond.exponential, of: count, probability: exp(-7.8))
    expectCount(beyond.normal, of: count, probability: erfc(3.7 / 2.0.squareRoot()))
  }

  @Test("the layers of both ziggurats have one area and close at the top")
  func layers() {
    for (ziggurat, area) in [
      (Ziggurat.exponential, 0.0039496598225815571993), (Ziggurat.normal, 0.00492867323399),
    ] {
      for (index, layer) in ziggurat.layers.enumerated().dropFirst() {
        let width = layer.scale * 0x1p53
        // The published area has 12 digits, and the errors of 256 layers add up in the last one.
        let tolerance = index == 255 ? 1e-6 : 1e-9
        let height = ziggurat.height(1, ofLayer: index) - ziggurat.height(0, ofLayer: index)
        #expect(abs(width * height / area - 1) < tolerance, "layer \(index)")
      }
    }
  }

  @Test("a number below a bound hits every value equally often", arguments: [1, 2, 3, 7, 10, 64])
  func below(bound: UInt64) {
    var samples = SampleKey(seed: bound).samples(Purpose(rawValue: 1))
    var counts = [Double](repeating: 0, count: Int(bound))
    let total = 20_000
    for _ in 0..<total { counts[Int(samples.below(bound))] += 1 }
    expectFrequencies(counts, Array(repeating: 1 / Double(bound), count: Int(bound)))
  }

  /// Without rejection, values below half the bound would come twice as often as the others.
  @Test("a bound that does not divide 2^64 is not favoured at its start")
  func belowIsUnbiased() {
    var samples = SampleKey(seed: 3).samples(Purpose(rawValue: 1))
    let bound: UInt64 = 3 << 62
    var low = 0
    for _ in 0..<20_000 where samples.below(bound) < bound / 3 { low += 1 }
    expectCount(low, of: 20_000, probability: 1.0 / 3)
  }

  @Test("a coin falls as it should, and always or never at the ends")
  func bernoulli() {
    var samples = SampleKey(seed: 4).samples(Purpose(rawValue: 1))
    var heads = 0
    for _ in 0..<20_000 {
      if samples.bernoulli(0.3) { heads += 1 }
      let ends = (samples.bernoulli(0), samples.bernoulli(1))
      #expect(ends == (false, true))
    }
    expectCount(heads, of: 20_000, probability: 0.3)
  }
}
