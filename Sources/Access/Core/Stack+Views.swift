public import WeirKernel

extension Stack {
  /// What prices that follow the load are multiplied by for decisions at `now`: the most over the
  /// layers and products; `nil` without such a price.
  public func priceInForce(at now: SimTime) -> Ratio? {
    var dearest: Ratio?
    for layer in 0..<storage.count {
      if let factor = storage.at(layer).priceInForce(at: now) {
        dearest = max(dearest ?? factor, factor)
      }
    }
    return dearest
  }

  /// How many of `layers` are of the type of `layer`.
  static func others(of layer: any Layer, in layers: ArraySlice<any Layer>) -> Int {
    layers.count { type(of: $0) == type(of: layer) }
  }
}
