public import WeirFormats
import WeirKernel

/// The layers of a policy as they are written, so that a field of one can be changed by hand.
public struct WrittenLayers: Sendable {
  private var layers: [JSONNode]
  /// What takes the place of layers at a time of its own.
  private let changes: [JSONNode]
  private let extensions: Extensions

  /// No layer is known as it is written: none can be changed.
  public init() { self.init(layers: [], changes: []) }

  /// The objects of `layers`, and those that `changes` put in their place, in the policy's order.
  public init(layers: [JSONNode], changes: [JSONNode], extensions: Extensions = Extensions()) {
    self.layers = layers
    self.changes = changes
    self.extensions = extensions
  }

  /// The layers of a policy as its object in a document has them.
  public init(of policy: JSONNode, extensions: Extensions) {
    self.init(
      layers: policy["layers"]?.elements ?? [],
      changes: (policy["changes"]?.elements ?? []).map { $0["to"] ?? [:] }, extensions: extensions)
  }

  /// Layer number `layer` is written as change number `change` has it from now.
  mutating func follow(change: Int, of layer: Int) {
    guard layers.indices.contains(layer), changes.indices.contains(change) else { return }
    layers[layer] = changes[change]
  }

  /// Makes a layer with other values in some of its fields, and remembers it as it is then.
  ///
  /// - Throws: The first value that it cannot have, with its place in the layer.
  mutating func make(_ change: DecideChange) throws(ScenarioIssue) -> NamedLayer? {
    guard layers.indices.contains(change.layer) else { return nil }
    var node = layers[change.layer]
    for (pointer, value) in change.assignments { node = try node.setting(pointer, to: value) }
    let reading = Holder.read(from: ["layer": node], extensions: extensions)
    if var issue = reading.issues.first {
      issue.pointer = JSONPointer(Array(issue.pointer.tokens.dropFirst()))
      throw issue
    }
    layers[change.layer] = node
    return reading.value.layer
  }

  /// A document with one layer.
  private struct Holder: Declared {
    let layer: NamedLayer

    init(_ fields: Fields) {
      layer = fields.required(
        "layer", .variant(fields.registry(Catalogue.layers)), "The layer.")
    }
  }
}
