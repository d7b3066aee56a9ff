import Testing
import WeirKernel

@testable import WeirSimulation

@Suite struct WeightTests {
  /// Shares of the greatest 1 % and 10 % of a lognormal law: Φ(σ − z), with z of 1 % and 10 %.
  ///
  /// The sample's share of its own greatest 1 % varies by a twentieth with 200,000 accounts.
  @Test(
    "weights of sigma 1.3 and 1.7 give the greatest 1 % and 10 % of accounts their published share",
    arguments: [(1.3, 0.15, 0.51), (1.7, 0.27, 0.66)])
  func concentration(sigma: Double, first: Double, tenth: Double) {
    let law = Distribution.lognormal(median: 1, sigma: sigma)
    let weights = (0..<200_000).map { account in
      var samples = SampleKey(seed: 31).child(UInt64(account)).samples(.weight)
      return law.sample(&samples)
    }.sorted(by: >)
    let total = weights.reduce(0, +)
    expectNear(weights[..<2000].reduce(0, +) / total, first, within: 0.08, "1 %")
    expectNear(weights[..<20_000].reduce(0, +) / total, tenth, within: 0.03, "10 %")
  }
}
