/// The fields of one JSON object while it is read, or described.
public final class Fields {
  private enum Mode {
    case describing
    case reading(JSONNode, DocumentReader)
  }

  private let mode: Mode
  private let extensions: Extensions
  private let issuesBefore: Int
  private var failedChecks = 0
  private var reserved: [String] = []

  /// What has been declared so far.
  private(set) var declarations: [FieldDeclaration] = []

  /// Fields that only describe.
  init(describingWith extensions: Extensions) {
    mode = .describing
    self.extensions = extensions
    issuesBefore = 0
  }

  /// Fields that read `node`, an object; members called as in `reserved` belong to others.
  init(reading node: JSONNode, _ reader: DocumentReader, reserved: [String] = []) {
    mode = .reading(node, reader)
    extensions = reader.extensions
    issuesBefore = reader.issues.count
    self.reserved = reserved
    if reader.pointer.tokens.isEmpty { self.reserved.append("$schema") }
  }

  /// Whether the fields are only described; then no document is there.
  public var isDescribing: Bool {
    if case .describing = mode { true } else { false }
  }

  /// Where the object is; the root while describing.
  public var pointer: JSONPointer {
    if case .reading(_, let reader) = mode { reader.pointer } else { .root }
  }

  /// Where the object was written; `nil` while describing and for objects from no text.
  public var position: SourcePosition? {
    if case .reading(let node, _) = mode { node.position } else { nil }
  }

  /// The variants of `registry` with those that other packages added.
  public func registry<Base>(_ registry: VariantRegistry<Base>) -> VariantRegistry<Base> {
    extensions.adding(to: registry)
  }

  // MARK: Reading fields

  /// The value of a member that must be there; when it is missing or wrong, an issue is recorded
  /// and a placeholder returned.
  public func required<Value>(
    _ name: String, _ kind: ValueKind<Value>, _ help: String
  ) -> Value {
    declare(name, kind, help, .required)
    if let value = given(name, kind, help) { return value }
    if case .reading(let node, let reader) = mode {
      reader.at(name) {
        let problem = ScenarioIssue.Problem.missingField(name: name, expected: kind.shape.expected)
        reader.record(problem, node)
      }
    }
    return kind.placeholder()
  }

  /// The value of a member that may be absent, which has a meaning of its own.
  public func optional<Value>(
    _ name: String, _ kind: ValueKind<Value>, _ help: String
  ) -> Value? {
    declare(name, kind, help, .optional)
    if let value = given(name, kind, help) { return value }
    standard(name, nil, help)
    return nil
  }

  /// The value of a member that has a default; schema and reference show the default.
  public func value<Value>(
    _ name: String, _ kind: ValueKind<Value>, default standardValue: Value, _ help: String
  ) -> Value {
    let node = kind.write(standardValue)
    declare(name, kind, help, .standard(node))
    if let value = given(name, kind, help) { return value }
    standard(name, node, help)
    return standardValue
  }

  /// The value of a member that is read as `node` when it is absent.
  ///
  /// For values that have no other text, such as objects: `whenAbsent: ["type": "fifo"]`. What
  /// `node` leaves out takes its own default and is listed with its own origin.
  public func value<Value>(
    _ name: String, _ kind: ValueKind<Value>, whenAbsent node: JSONNode, _ help: String
  ) -> Value {
    declare(name, kind, help, .standard(node))
    if let value = given(name, kind, help) { return value }
    guard case .reading(let parent, let reader) = mode else {
      let reader = DocumentReader(extensions: extensions)
      let value = kind.value(of: node, reader)
      precondition(reader.issues.isEmpty, "the default of \(name) is refused: \(reader.issues)")
      return value
    }
    standard(name, node, help)
    return reader.at(name) { kind.value(of: JSONNode(node.value, at: parent.position), reader) }
  }

  /// A group of fields in an object of its own; when it is absent, all its fields are.
  public func group<Group: Declared>(
    _ name: String, _ type: Group.Type, _ help: String
  ) -> Group {
    let kind = ValueKind.object(type)
    declare(name, kind, help, .group)
    if let value = given(name, kind, help) { return value }
    guard case .reading(let parent, let reader) = mode else { return kind.placeholder() }
    return reader.at(name) { kind.value(of: JSONNode(.object([]), at: parent.position), reader) }
  }

  // MARK: Rules over several fields

  /// Records an issue at the member `name` unless `condition` holds.
  ///
  /// Not evaluated while describing, nor when a field of this object was refused: placeholders
  /// stand in it then. The rule is not part of the schema.
  ///
  /// `name` is a member, or a path below the object such as `layers/2/name`; empty for the object.
  /// `expected` says what must hold, to follow the word "expected".
  public func check(
    _ condition: @autoclosure () -> Bool, at name: String = "",
    expected: @autoclosure () -> String, suggestion: @autoclosure () -> String? = nil
  ) {
    guard case .reading(let node, let reader) = mode,
      reader.issues.count == issuesBefore + failedChecks, !condition()
    else { return }
    failedChecks += 1
    let target = JSONPointer(parsing: name.isEmpty ? "" : "/" + name) ?? .root
    let found = node.deepest(target)
    reader.issues.append(
      ScenarioIssue(
        .rule(expected: expected(), found: found.rest.isEmpty ? found.node.found : "nothing"),
        pointer: JSONPointer(reader.pointer.tokens + target.tokens),
        position: found.node.position, suggestion: suggestion()))
  }

  /// Records an issue that only the declaring type can find.
  public func record(_ issue: ScenarioIssue) {
    if case .reading(_, let reader) = mode { reader.issues.append(issue) }
  }

  // MARK: The end of an object

  /// Records the members that nobody declared.
  func finish() {
    guard case .reading(let node, let reader) = mode else { return }
    let known = declarations.map(\.name)
    let members = node.members ?? []
    for member in members where !known.contains(member.name) && !reserved.contains(member.name) {
      let absent = known.filter { name in !members.contains { $0.name == name } }
      reader.issues.append(
        .unknownField(
          member.name, known: known, absent: absent,
          pointer: reader.pointer.appending(member.name), position: member.position))
    }
    if let schema = node["$schema"], reserved.contains("$schema"), schema.text == nil {
      reader.at("$schema") {
        reader.record(.wrongKind(expected: "text", found: schema.found), schema)
      }
    }
  }

  private func declare<Value>(
    _ name: String, _ kind: ValueKind<Value>, _ help: String, _ presence: FieldPresence
  ) {
    precondition(
      !declarations.contains { $0.name == name } && !reserved.contains(name),
      "the field \(name) is declared twice")
    declarations.append(
      FieldDeclaration(
        name: name, help: help, shape: kind.shape, unit: kind.unitName, presence: presence))
  }

  private func given<Value>(_ name: String, _ kind: ValueKind<Value>, _ help: String) -> Value? {
    guard case .reading(let parent, let reader) = mode, let node = parent[name] else { return nil }
    return reader.at(name) {
      let origin = FieldOrigin(
        pointer: reader.pointer, help: help, value: node, position: node.position)
      reader.origins.append(origin)
      return kind.value(of: node, reader)
    }
  }

  private func standard(_ name: String, _ node: JSONNode?, _ help: String) {
    guard case .reading(_, let reader) = mode else { return }
    reader.origins.append(
      FieldOrigin(
        pointer: reader.pointer.appending(name), help: help, value: node, position: nil))
  }
}
