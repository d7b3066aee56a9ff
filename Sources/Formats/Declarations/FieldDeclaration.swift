/// What one object declares.
public struct ObjectDeclaration: Sendable {
  /// Its name in schema and reference.
  public let name: String

  /// What it is, in one sentence.
  public let help: String

  /// Its fields, in the order declared.
  public let fields: [FieldDeclaration]
}

/// What is declared of one field.
public struct FieldDeclaration: Sendable {
  /// The name in JSON.
  public let name: String

  /// What it means.
  public let help: String

  /// What its values look like.
  public let shape: Shape

  /// The unit of its values, empty when they have none.
  public let unit: String

  /// Whether it may be absent, and what holds then.
  public let presence: FieldPresence
}

/// Whether a field may be absent, and what holds then.
public enum FieldPresence: Sendable {
  /// It must be there.
  case required
  /// Absence has a meaning of its own.
  case optional
  /// Absence means this value, which is `nil` when it has no JSON form.
  case standard(JSONNode?)
  /// Absence means that all fields of the object are absent.
  case group
}

extension Fields {
  /// What `type` declares.
  public static func describe<Type: Declared>(
    _ type: Type.Type, extensions: Extensions = Extensions()
  ) -> ObjectDeclaration {
    let fields = Fields(describingWith: extensions)
    _ = type.init(fields)
    return ObjectDeclaration(
      name: type.declaredName, help: type.declaredHelp, fields: fields.declarations)
  }
}
