public import WeirFormats

/// The JSON Schema of scenario files, made from their declarations.
public enum ScenarioSchema {
  /// The schema as a document.
  ///
  /// - Parameter extensions: Layers, workloads and other variants of other packages.
  public static func document(extensions: Extensions = Extensions()) -> JSONNode {
    JSONSchema.document(Scenario.self, extensions: extensions)
  }

  /// The text of the schema, as it is committed beside the scenarios.
  public static func text(extensions: Extensions = Extensions()) -> String {
    JSONWriter.pretty(document(extensions: extensions))
  }
}
