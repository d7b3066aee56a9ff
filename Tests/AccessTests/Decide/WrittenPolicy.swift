import Testing
import WeirAccess
import WeirFormats

extension DrivenPolicy {
  /// The policy with the layers that are written so, one after another.
  init(
    writtenAs layers: String..., plans: [Plan] = [Plan(name: "default")],
    products: [String] = ["requests"]
  ) throws {
    let text = #"{"layers": [\#(layers.joined(separator: ", "))]}"#
    let (node, issues) = JSONNode.parse(SourceFile(name: "policy.json", text: text))
    let document = try #require(node, "\(issues)")
    let reading = LayerList.read(from: document)
    try #require(reading.issues.isEmpty, "\(IssueRenderer.text(reading.issues))")
    self.init(
      layers: reading.value.layers, written: WrittenLayers(of: document, extensions: Extensions()),
      plans: plans, products: products)
  }

  private struct LayerList: Declared {
    let layers: [NamedLayer]

    init(_ fields: Fields) {
      layers = fields.required(
        "layers", .list(of: .variant(fields.registry(Catalogue.layers))), "The layers.")
    }
  }
}
