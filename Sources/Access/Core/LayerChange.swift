public import WeirFormats
public import WeirKernel

/// A change of a limit while a stack is in use: another layer takes the place of one of them.
public struct LayerChange: Declared, Sendable {
  /// When the layer changes.
  public var at: SimTime
  /// The name of the layer in the stack, which it keeps.
  public var name: Located<String>
  /// What takes its place, in the same role.
  public var layer: any Layer
  /// What becomes of the use so far.
  public var inheritance: Inheritance

  /// Creates a change.
  public init(
    at time: SimTime, of name: String, to layer: any Layer, _ inheritance: Inheritance
  ) {
    at = time
    self.name = Located(name)
    self.layer = layer
    self.inheritance = inheritance
  }

  /// Reads the change.
  public init(_ fields: Fields) {
    at = .zero + fields.required("at", .span, "When the layer changes.")
    name = fields.required("layer", .located(.name), "The name of the layer that changes.")
    let layer = fields.required(
      "to", .variant(fields.registry(Catalogue.layers)),
      "What the layer is from then on; it keeps its name and its products.")
    fields.check(
      layer.layer.role != .fund, at: "to/type", expected: "a limit, since balances do not change")
    self.layer = layer.layer
    inheritance = fields.inheritance(
      "carry", default: .additive, "What becomes of what accounts have used.")
  }

  /// What takes the place, under the name that it keeps.
  public var namedLayer: NamedLayer { NamedLayer(name: name.value, layer: layer) }

  /// Records an issue unless the layers of a stack know the change, and one of its role.
  public func check(_ fields: Fields, at path: String, among layers: [NamedLayer]) {
    if let issue = name.unknownName(among: layers.map(\.name)) { return fields.record(issue) }
    let role = layers.first { $0.name == name.value }?.layer.role ?? layer.role
    fields.check(
      role == layer.role, at: path + "/to",
      expected: "a layer that is \(role == .gate ? "a gate" : "an \(role)"), as the one before it")
  }
}

extension Fields {
  /// A field that says what becomes of use when a limit changes.
  public func inheritance(
    _ name: String, default standard: Inheritance, _ help: String
  ) -> Inheritance {
    value(
      name,
      .choice(Inheritance.self) { inheritance in
        switch inheritance {
        case .reset: "it is forgotten: everything is there"
        case .asIs: "as much is left as before, and at most the new limit"
        case .additive: "what a limit grows by is added to what is left"
        case .proportional: "the same part of the limit is left"
        }
      }, default: standard, help)
  }
}
