public import WeirFormats

/// A layer with the name that results know it by.
public struct NamedLayer: Sendable {
  /// The name, unique within its stack.
  public var name: String
  /// The layer.
  public var layer: any Layer
  /// The products whose requests meet the layer; `nil` for all.
  public var products: [Located<String>]?

  /// Creates a named layer.
  public init(name: String, layer: any Layer, products: [Located<String>]? = nil) {
    self.name = name
    self.layer = layer
    self.products = products
  }
}

extension NamedLayer {
  /// An issue for each plan, product, model and operation that the layer names and that is none of
  /// those known; without `operations` any of them will do.
  public func unknownNames(
    plans: [String], products known: [String], models: [String], operations: [String]?
  ) -> [ScenarioIssue] {
    var names = layer.fieldNames
    names.products += products ?? []
    return names.unknown(plans: plans, products: known, models: models, operations: operations)
  }
}

extension Variant<NamedLayer> {
  /// The entry of a layer type in the catalogue: `extensions.add(.layer(MyLayer.self))`.
  public static func layer<Type: Layer>(_ type: Type.Type) -> Variant<NamedLayer> {
    Variant(type.typeName, type.summary, type: type) { fields in
      let name = fields.value(
        "name", .name, default: type.typeName, "The name that results know the layer by.")
      let products = fields.optional(
        "products", .list(of: .located(.name), count: 1...Int.max),
        "The products whose requests meet the layer; all if absent.")
      return NamedLayer(name: name, layer: type.init(fields), products: products)
    }
  }
}

extension Layer {
  /// The name of the type.
  public static var declaredName: String { typeName }

  /// The summary.
  public static var declaredHelp: String { summary }
}
