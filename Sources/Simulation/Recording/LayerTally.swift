public import WeirAccess

/// What one layer of the stack paid and refused in the measured intents.
public struct LayerTally: Sendable, Equatable {
  /// The units that it paid in the end, by product: units of different products do not add up.
  public var paidByProduct: [Units] = []
  /// The attempts that it refused, by reason in the order of `Reason.allCases`.
  public var refused: [Int64] = Array(repeating: 0, count: Reason.allCases.count)

  /// Nothing paid of any product, and nothing refused.
  public init() {}

  /// The units that it paid in the end, whatever the product.
  public var paid: Units { paidByProduct.reduce(.zero, +) }

  /// The share of the units that each of `layers` paid; `nil` when nothing was paid for.
  ///
  /// With several products, whose units differ, it is the mean of the shares of the products.
  static func paidShares(_ layers: [LayerTally]) -> [Double?] {
    let products = layers.first?.paidByProduct.indices ?? 0..<0
    let totals = products.map { product in
      layers.reduce(Int128(0)) { $0 + Int128($1.paidByProduct[product].count) }
    }
    let served = products.filter { totals[$0] > 0 }
    return layers.map { layer in
      guard !served.isEmpty else { return nil }
      let shares = served.map { Double(layer.paidByProduct[$0].count) / Double(totals[$0]) }
      return shares.reduce(0, +) / Double(served.count)
    }
  }
}
