import WeirKernel

/// Limits of requests under way, one for each product: what adaptive gates have in common.
///
/// A request counts from its admission, the time in the queue included, until it is settled or
/// released; one of no units does not count.
struct InFlightLimits: Sendable {
  private var products: [Product] = []

  private struct Product: Sendable {
    var limit: Int64
    var underWay: Int64 = 0
  }

  /// No products yet.
  init() {}

  /// The same limit for each of `count` products.
  init(_ limit: Int64, products count: Int) {
    products = Array(repeating: Product(limit: limit), count: count)
  }

  /// Whether one more request of `product` may start.
  func hasRoom(_ product: ProductIndex) -> Bool {
    let product = products[Int(product)]
    return product.underWay < product.limit
  }

  /// The answer to a request: yes while fewer than the limit are under way.
  func quote(_ cost: Units, of request: Request, retryAfter: SimDuration) -> Quote {
    if cost == .zero || hasRoom(request.product) { return .pays(cost) }
    return .short(.overload, retryAfter: retryAfter)
  }

  /// Counts an admitted request.
  mutating func commit(_ share: Units, of request: Request) {
    if share > .zero { products[Int(request.product)].underWay += 1 }
  }

  /// Stops counting a request.
  mutating func settle(_ hold: Hold, of request: Request) {
    if hold.share > .zero { products[Int(request.product)].underWay -= 1 }
  }

  /// The limit of a product.
  subscript(product: Int) -> Int64 {
    get { products[product].limit }
    set { products[product].limit = newValue }
  }

  /// The requests of a product under way.
  func underWay(_ product: Int) -> Int64 { products[product].underWay }

  /// The requests of the product that may still start, as units.
  func meter(for request: Request) -> Meter {
    let product = products[Int(request.product)]
    return Meter(
      limit: Units(product.limit), remaining: Units(max(0, product.limit - product.underWay)),
      resetAfter: nil)
  }

  /// The limits of all products together.
  var total: Units { products.reduce(.zero) { $0 + Units($1.limit) } }

  /// The number of products.
  var count: Int { products.count }
}
