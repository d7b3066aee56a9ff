import WeirFormats
import WeirKernel

/// The prices of a fund: one for all that is asked for, or one for each product that it sells, or
/// for each model of a product.
public struct PriceList: Sendable {
  private let standard: Price?
  private let named: [(product: Located<String>, price: ProductPrice)]

  /// One price for every product.
  public init(_ price: Price) {
    standard = price
    named = []
  }

  /// Prices by product, whatever the model; other products are not sold.
  public init(products: KeyValuePairs<String, Price>) {
    standard = nil
    named = products.map { (Located($0.key), .standard($0.value)) }
  }

  /// Prices by product and model; others are not sold.
  public init(models: KeyValuePairs<String, KeyValuePairs<String, Price>>) {
    standard = nil
    named = models.map { product in
      (Located(product.key), .byModel(product.value.map { (Located($0.key), $0.value) }))
    }
  }

  fileprivate init(entries: [(key: String, value: Located<ProductPrice>)]) {
    standard = nil
    named = entries.map { (Located(key: $0.key, of: $0.value), $0.value.value) }
  }

  /// The products that have a price of their own.
  var productNames: [Located<String>] { named.map(\.product) }

  /// The models that have a price of their own.
  var modelNames: [Located<String>] { named.flatMap(\.price.models) }

  /// Whether each price times each of the `factors` and each of the `steps` fits.
  func fits(_ factors: [Ratio], _ steps: [Ratio]) -> Bool {
    (named.flatMap(\.price.prices) + (standard.map { [$0] } ?? [])).allSatisfy { price in
      factors.allSatisfy { factor in
        steps.allSatisfy { price.times(factor)?.times($0) != nil }
      }
    }
  }

  /// The price of each product of `directory`, and of each model within it; `nil` for those that
  /// are not sold.
  func resolved(for directory: Directory) -> [Price?] {
    directory.products.flatMap { product in
      let own = named.first { $0.product.value == product }?.price
      return directory.models.map { model in own.map { $0[model] } ?? standard }
    }
  }
}

/// The price of one product: the same for all of its models, or one for each that is sold.
private enum ProductPrice: Sendable {
  case standard(Price)
  case byModel([(model: Located<String>, price: Price)])

  var models: [Located<String>] {
    switch self {
    case .standard: []
    case .byModel(let prices): prices.map(\.model)
    }
  }

  var prices: [Price] {
    switch self {
    case .standard(let price): [price]
    case .byModel(let prices): prices.map(\.price)
    }
  }

  /// The price of a model; `nil` when it is not sold.
  subscript(model: String) -> Price? {
    switch self {
    case .standard(let price): price
    case .byModel(let prices): prices.first { $0.model.value == model }?.price
    }
  }
}

extension Located<String> {
  /// The name under which a value stands in a map, with the place of the value.
  fileprivate init<Content>(key: String, of place: Located<Content>) {
    self.init(key, pointer: place.pointer, position: place.position)
  }
}

extension ValueKind where Value == PriceList {
  /// One price, or a map from products to prices, or to those of their models.
  static var priceList: ValueKind {
    .either(
      ValueKind<Price>.price.map { PriceList($0) },
      ValueKind<[(key: String, value: Located<ProductPrice>)]>.map(of: .located(.productPrice))
        .map { PriceList(entries: $0) })
  }
}

extension ValueKind where Value == ProductPrice {
  /// One price, or a map from models to prices.
  fileprivate static var productPrice: ValueKind {
    .either(
      ValueKind<Price>.price.map { ProductPrice.standard($0) },
      ValueKind<[(key: String, value: Located<Price>)]>.map(of: .located(.price)).map { entries in
        .byModel(entries.map { (Located(key: $0.key, of: $0.value), $0.value.value) })
      })
  }
}
