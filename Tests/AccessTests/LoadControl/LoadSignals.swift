import WeirAccess
import WeirKernel

extension Signals {
  /// The load of the one pool of tests.
  static func load(
    utilisation percent: Int64 = 0, queueDelay milliseconds: Int64 = 0, at second: Int64
  ) -> Signals {
    Signals(
      pools: [
        LoadSample(
          sampledAt: .second(second), utilisationMillionths: percent * 10_000,
          queueDelay: .milliseconds(milliseconds), queued: 0, inService: 0, completions: 0)
      ], poolOfProduct: [0])
  }
}
