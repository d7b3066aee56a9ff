import WeirAccess
public import WeirFormats

/// What a benchmark of the catalogue found.
public struct BenchmarkResults: Sendable {
  /// The numbers of accounts at which layers were measured.
  public let accounts: [Int]
  /// A stack without layers, then the layers in the order of the catalogue.
  public let layers: [LayerCost]
  /// The operations of the kernel; none when layers were chosen by name.
  public let operations: [OperationCost]
  /// Layers that could not be measured: they have fields without a default and no known setting.
  public let unmeasured: [String]
}

/// Runs benchmarks.
public enum Benchmarks {
  /// The names of the layers that can be measured.
  public static func layerNames(extensions: Extensions) -> [String] {
    extensions.adding(to: Catalogue.layers).variants.map(\.name)
  }

  /// Measures the layers called `names`, or all layers and the kernel.
  ///
  /// - Parameters:
  ///   - names: The layers; all when `nil`.
  ///   - requests: The least number of requests that are timed for each figure.
  ///   - accounts: The numbers of accounts.
  ///   - extensions: Layers of other packages.
  ///   - progress: Called with the name of what is measured next.
  public static func run(
    _ names: [String]? = nil, requests: Int, accounts: [Int], extensions: Extensions,
    progress: (String) -> Void = { _ in }
  ) -> BenchmarkResults {
    let benchmark = LayerBenchmark(accounts: accounts, requests: requests)
    progress("no layer")
    var costs = [benchmark.cost(of: nil, called: "(no layer)")]
    var unmeasured: [String] = []
    for name in names ?? layerNames(extensions: extensions) {
      guard let layer = LayerSetting.standard(name, extensions: extensions) else {
        unmeasured.append(name)
        continue
      }
      progress(name)
      costs.append(benchmark.cost(of: layer, called: name))
    }
    progress("kernel")
    return BenchmarkResults(
      accounts: accounts, layers: costs,
      operations: names == nil ? KernelBenchmark.costs(operations: max(1, requests / 4)) : [],
      unmeasured: unmeasured)
  }
}
