import WeirAccess
import WeirKernel

/// The units that layers paid and the attempts that they refused, by population.
struct LayerBooks: ~Copyable, Sendable {
  private let layers: Int
  private let products: Int
  private let reasons = Reason.allCases.count
  /// By population, product and layer.
  private var paid: UnsharedArray<Units>
  /// By population, layer and reason.
  private var refused: UnsharedArray<Int64>
  /// By population.
  private var queue: UnsharedArray<Int64>

  init(layers: Int, products: Int, populations: Int) {
    self.layers = layers
    self.products = max(1, products)
    paid = UnsharedArray(repeating: .zero, count: populations * self.products * layers)
    refused = UnsharedArray(repeating: 0, count: populations * layers * reasons)
    queue = UnsharedArray(repeating: 0, count: populations)
  }

  /// Books the shares of a request, one for each of `payers`.
  @inline(__always)
  mutating func pay(
    _ shares: Shares, _ payers: [Int], product: ProductIndex, population: Int
  ) {
    let first = (population * products + Int(product)) * layers
    for payer in payers.indices { paid[first + payers[payer]] += shares[payer] }
  }

  /// Counts an attempt that a layer refused.
  @inline(__always)
  mutating func countRefusal(by layer: Int, _ reason: Reason, population: Int) {
    refused[(population * layers + layer) * reasons + reason.column] &+= 1
  }

  /// Counts an attempt that found the queue of the fleet full.
  mutating func countQueueRefusal(population: Int) { queue[population] &+= 1 }

  /// What each layer paid and refused of the requests of some populations.
  func tallies(of populations: [Int]) -> [LayerTally] {
    (0..<layers).map { layer in
      var tally = LayerTally()
      tally.paidByProduct = (0..<products).map { product in
        populations.reduce(.zero) { $0 + paid[($1 * products + product) * layers + layer] }
      }
      tally.refused = (0..<reasons).map { reason in
        populations.reduce(0) {
          $0 + refused[($1 * layers + layer) * reasons + reason]
        }
      }
      return tally
    }
  }

  /// The attempts of some populations that found the queue full.
  func queueRefusals(of populations: [Int]) -> Int64 {
    populations.reduce(0) { $0 + queue[$1] }
  }
}

extension Reason {
  /// The position among all reasons.
  var column: Int {
    switch self {
    case .limit: 0
    case .never: 1
    case .concurrency: 2
    case .insufficient: 3
    case .overload: 4
    case .behaviour: 5
    case .excluded: 6
    case .queueFull: 7
    }
  }
}
