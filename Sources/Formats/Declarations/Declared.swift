/// Something that can be read from one JSON object.
///
/// The initialiser names every field once; reading, errors, JSON Schema and reference page follow.
///
/// - Important: It reads all its fields unconditionally and in a fixed order, because it is also
///   run once to *describe* the fields, when each read returns its default or a placeholder; so
///   it must also be able to make a value from placeholders, which lie within the stated ranges.
public protocol Declared: Sendable {
  /// Reads every field through `fields`.
  init(_ fields: Fields)

  /// The name of the object in schema and reference; by default the name of the type.
  static var declaredName: String { get }

  /// What the object is, in one sentence.
  static var declaredHelp: String { get }
}

extension Declared {
  /// The name of the type.
  public static var declaredName: String { String(describing: Self.self) }

  /// No sentence.
  public static var declaredHelp: String { "" }
}

/// What reading a document gave: a value, every issue, and where each field came from.
public struct Reading<Value> {
  /// The value; where there are issues, placeholders stand in it.
  public var value: Value

  /// Everything that is wrong, in the order of reading.
  public var issues: [ScenarioIssue]

  /// Where the value of each field came from, in the order of reading.
  public var origins: [FieldOrigin]

  /// The files that the document names, each once, in the order of reading.
  public var inputs: [InputFile]
}

/// Where the value of one field came from.
public struct FieldOrigin: Sendable {
  /// The place of the field in the expanded document.
  public let pointer: JSONPointer

  /// What the field means.
  public let help: String

  /// The value; `nil` when it has no JSON form or was left out and has no default.
  public let value: JSONNode?

  /// Where the value was written; `nil` when it is the default.
  public let position: SourcePosition?
}

extension Declared {
  /// Reads a whole document, with all its issues in one pass.
  ///
  /// A member `$schema` (text) is allowed.
  ///
  /// `extensions` are variants that other packages add to the registries, `inputs` the files that
  /// the document may name.
  public static func read(
    from node: JSONNode, extensions: Extensions = Extensions(), inputs: InputFiles = .none
  ) -> Reading<Self> {
    let reader = DocumentReader(extensions: extensions, inputs: inputs)
    let value = ValueKind.object(Self.self).value(of: node, reader)
    return Reading(
      value: value, issues: reader.issues, origins: reader.origins, inputs: reader.inputsRead)
  }
}
