public import WeirFormats

/// The JSON Schema of scenario files, made from their declarations.
public enum ScenarioSchema {
  /// The schema as a document.
  ///
  /// A file that extends another need not have what a scenario must have; a ``ScenarioPart`` has
  /// little more than plans and products.
  ///
  /// - Parameter extensions: Layers, workloads and other variants of other packages.
  public static func document(extensions: Extensions = Extensions()) -> JSONNode {
    let schema = JSONSchema.document(Scenario.self, extensions: extensions)
    guard let members = schema.members else { return schema }
    return .object(
      members.map { member in
        guard member.name == "required" else { return (member.name, member.value) }
        let whole = JSONNode.object([("required", member.value)])
        return ("anyOf", .list([["required": ["extends"]], whole, part]))
      })
  }

  private static var part: JSONNode {
    [
      "required": ["description"],
      "propertyNames": ["enum": .list(ScenarioPart.members.map { .text($0) })],
      "anyOf": [["required": ["plans"]], ["required": ["products"]]],
    ]
  }

  /// The text of the schema, as it is committed beside the scenarios.
  public static func text(extensions: Extensions = Extensions()) -> String {
    JSONWriter.pretty(document(extensions: extensions))
  }
}
