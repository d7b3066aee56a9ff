/// An allowance or a fund, with what is asked of it at every request.
struct Payer: Sendable {
  let layer: Int
  let products: UInt64
  let isFund: Bool
  let isCharged: Bool
  let acceptsPurchases: Bool

  init(layer index: Int, _ layer: any Layer, products: UInt64) {
    self.layer = index
    self.products = products
    isFund = layer.role == .fund
    let charging = (layer as? any CreditFund)?.charging
    isCharged = charging != nil
    acceptsPurchases = charging?.acceptsPurchases == true
  }

  @inline(__always)
  func applies(to product: ProductIndex) -> Bool { products >> UInt64(product) & 1 == 1 }
}
