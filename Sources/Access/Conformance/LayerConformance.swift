public import WeirKernel

/// The conformance suite for layers: random calls, and the rules that every layer holds to.
///
/// It depends on no test framework. In the tests of a package that adds a layer:
///
/// ```swift
/// let suite = LayerConformance { MyLayer(limit: 10) }
/// #expect(suite.violations().isEmpty)
/// ```
///
/// The layer is prepared and opened for a few accounts, then meets requests of random cost at
/// random times, some of which are settled below, at or above their share, or end badly. Samples of
/// the load come in late, and now and then twice.
public struct LayerConformance {
  private let make: () -> any Layer
  private let directory: Directory
  private let costs: ClosedRange<Int64>
  private let longestPause: SimDuration

  /// Creates the suite.
  ///
  /// - Parameters:
  ///   - directory: The accounts and plans that the layer is prepared for.
  ///   - costs: The costs of requests.
  ///   - longestPause: The longest time between two requests; about the period of the layer.
  ///   - make: Makes a layer that has not been prepared.
  public init(
    directory: Directory = .alike(accounts: 3), costs: ClosedRange<Int64> = 0...12,
    longestPause: SimDuration = .seconds(2), make: @escaping () -> any Layer
  ) {
    self.make = make
    self.directory = directory
    self.costs = costs
    self.longestPause = longestPause
  }

  /// The violations found in sequences of `steps` calls, at most one of each rule and seed.
  public func violations(
    seeds: ClosedRange<UInt64> = 1...4, steps: Int = 60
  ) -> [LayerViolation] {
    seeds.flatMap { seed in
      var first = sequence(seed, checks: true)
      var second = sequence(seed, checks: false)
      for step in 0..<steps {
        first.run(step)
        second.run(step)
        if first.transcript != second.transcript {
          first.violate(.isDeterministic, "\(first.transcript) and \(second.transcript)")
        }
      }
      return first.violations
    }
  }

  private func sequence(_ seed: UInt64, checks: Bool) -> ConformanceSequence {
    var layer = make()
    layer.prepare(for: directory)
    for account in directory.planOfAccount.indices {
      layer.open(
        AccountIndex(account), plan: directory.planOfAccount[account],
        with: AccountStart(
          organisation: directory.organisationOfAccount[account],
          balance: Credits(micro: 40_000_000)))
    }
    return ConformanceSequence(
      layer: layer, directory: directory, costs: costs, longestPause: longestPause, seed: seed,
      checks: checks)
  }
}
