/// JSON Schema, draft-07, made from declarations.
///
/// The schema accepts what the reader accepts, except that these rules are the reader's alone:
/// bounds of values written as text (quantities, durations, decimals), the range of 64-bit
/// numbers, days that no month has, and the rules over several fields.
public enum JSONSchema {
  /// The schema of documents that hold one `type`.
  public static func document<Root: Declared>(
    _ type: Root.Type, extensions: Extensions = Extensions()
  ) -> JSONNode {
    var schema = SchemaDefinitions(extensions: extensions)
    let declaration = Fields.describe(type, extensions: extensions)
    let root = schema.object(
      declaration.fields, title: declaration.name, help: declaration.help,
      first: ("$schema", ["type": "string", "description": "The schema of this file."]))
    return .object(
      [("$schema", "http://json-schema.org/draft-07/schema#")]
        + (root.members ?? []).map { ($0.name, $0.value) }
        + [("definitions", .object(schema.definitions))])
  }

  /// What a quantity as text looks like.
  static func quantityPattern(_ range: ClosedRange<Int64>) -> String {
    let sign = range.lowerBound < 0 ? "-?" : ""
    let forms = QuantityText.units.map { #"[0-9]+(\.[0-9]{1,\#($0.power)})?\#($0.name)"# }
    return "^\(sign)([0-9]+|\(forms.joined(separator: "|")))$"
  }

  /// What a duration looks like.
  static let durationPattern =
    "^(?=[0-9])"
    + DurationText.units.map { unit in
      let decimals = unit.power == 0 ? "" : #"(\.[0-9]{1,\#(unit.power)})?"#
      return "([0-9]+\(decimals)\(unit.name))?"
    }.joined() + "$"

  /// What a date looks like.
  static let datePattern =
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    + "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?$"

  /// What a name looks like.
  static let namePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

  /// What a decimal as text looks like.
  static let decimalPattern = #"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$"#
}

/// The definitions that a schema refers to, each made once, in the order first met.
struct SchemaDefinitions {
  private(set) var definitions: [(String, JSONNode)] = []
  private var types: [(name: String, type: ObjectIdentifier)] = []
  let extensions: Extensions

  init(extensions: Extensions) { self.extensions = extensions }

  /// The schema of an object with these fields.
  mutating func object(
    _ fields: [FieldDeclaration], title: String?, help: String, first: (String, JSONNode)? = nil,
    firstIsRequired: Bool = false
  ) -> JSONNode {
    var members: [(String, JSONNode)] = []
    if let title { members.append(("title", .text(title))) }
    if !help.isEmpty { members.append(("description", .text(help))) }
    members.append(("type", "object"))
    var properties = first.map { [$0] } ?? []
    var required: [JSONNode] = firstIsRequired ? properties.map { .text($0.0) } : []
    for field in fields {
      properties.append((field.name, property(field)))
      if field.isRequired { required.append(.text(field.name)) }
    }
    members.append(("properties", .object(properties)))
    if !required.isEmpty { members.append(("required", .list(required))) }
    members.append(("additionalProperties", false))
    return .object(members)
  }

  private mutating func property(_ field: FieldDeclaration) -> JSONNode {
    var schema = value(field.shape)
    if schema["$ref"] != nil { schema = ["allOf": [schema]] }
    var members: [(String, JSONNode)] = []
    let unit = field.unit.isEmpty ? "" : " Unit: \(field.unit)."
    if !(field.help + unit).isEmpty { members.append(("description", .text(field.help + unit))) }
    members += (schema.members ?? []).map { ($0.name, $0.value) }
    if case .standard(let node?) = field.presence { members.append(("default", node)) }
    return .object(members)
  }

  /// The schema of one value.
  private mutating func value(_ shape: Shape) -> JSONNode {
    switch shape {
    case .integer(let range): wholeNumber(range)
    case .quantity(let range):
      ["anyOf": [wholeNumber(range), quantityText(range)]]
    case .seed:
      [
        "anyOf": [
          ["type": "integer", "minimum": 0, "maximum": .number(UInt64.max)],
          text(pattern: "^[0-9]+$"),
        ]
      ]
    case .number(let bounds): number(bounds)
    case .decimal(let bounds):
      ["anyOf": [number(bounds), shared("decimal text", JSONSchema.decimalPattern)]]
    case .duration: shared("duration", JSONSchema.durationPattern)
    case .date: shared("date", JSONSchema.datePattern)
    case .text(let count): counted("string", "minLength", "maxLength", count)
    case .name: shared("name", JSONSchema.namePattern)
    case .flag: ["type": "boolean"]
    case .any: [:]
    case .choice(let options): choice(options)
    case .object(let type): reference(to: type)
    case .list(let element, let count): list(element, count)
    case .map(let element, let namesOnly):
      .object(
        [("type", "object")]
          + (namesOnly ? [("propertyNames", shared("name", JSONSchema.namePattern))] : [])
          + [("additionalProperties", value(element))])
    case .oneOrMany(let element, let count): ["anyOf": [value(element), list(element, count)]]
    case .either(let short, let long): ["anyOf": [value(short), value(long)]]
    case .variant(let variant): reference(to: variant)
    }
  }

  // MARK: Plain values

  private func wholeNumber(_ range: ClosedRange<Int64>) -> JSONNode {
    var members: [(String, JSONNode)] = [("type", "integer")]
    if range.lowerBound > .min { members.append(("minimum", .number(range.lowerBound))) }
    if range.upperBound < .max { members.append(("maximum", .number(range.upperBound))) }
    return .object(members)
  }

  private func number(_ bounds: NumberBounds) -> JSONNode {
    var members: [(String, JSONNode)] = [("type", "number")]
    if bounds.lower.isFinite {
      let keyword = bounds.excludesLower ? "exclusiveMinimum" : "minimum"
      members.append((keyword, .number(bounds.lower)))
    }
    if bounds.upper.isFinite { members.append(("maximum", .number(bounds.upper))) }
    return .object(members)
  }

  private func text(pattern: String) -> JSONNode {
    ["type": "string", "pattern": .text(pattern)]
  }

  private mutating func quantityText(_ range: ClosedRange<Int64>) -> JSONNode {
    let name = range.lowerBound < 0 ? "signed quantity text" : "quantity text"
    return shared(name, JSONSchema.quantityPattern(range))
  }

  /// A text of a pattern that many fields share, as a definition.
  private mutating func shared(_ name: String, _ pattern: String) -> JSONNode {
    if !definitions.contains(where: { $0.0 == name }) {
      definitions.append((name, text(pattern: pattern)))
    }
    return reference(name)
  }

  private func choice(_ options: [ChoiceOption]) -> JSONNode {
    if options.allSatisfy({ $0.help.isEmpty }) {
      return ["enum": .list(options.map { .text($0.name) })]
    }
    return [
      "oneOf": .list(
        options.map { ["const": .text($0.name), "description": .text($0.help)] })
    ]
  }

  private mutating func list(_ element: Shape, _ count: ClosedRange<Int>) -> JSONNode {
    let items = value(element)
    let plain = counted("array", "minItems", "maxItems", count)
    return .object((plain.members ?? []).map { ($0.name, $0.value) } + [("items", items)])
  }

  private func counted(
    _ type: String, _ least: String, _ most: String, _ count: ClosedRange<Int>
  ) -> JSONNode {
    var members: [(String, JSONNode)] = [("type", .text(type))]
    if count.lowerBound > 0 { members.append((least, .number(count.lowerBound))) }
    if count.upperBound < .max { members.append((most, .number(count.upperBound))) }
    return .object(members)
  }

  // MARK: Definitions

  private mutating func reference(to type: any Declared.Type) -> JSONNode {
    let identifier = ObjectIdentifier(type)
    if let known = types.first(where: { $0.type == identifier }) { return reference(known.name) }
    var name = type.declaredName
    while definitions.contains(where: { $0.0 == name }) { name += "'" }
    types.append((name, identifier))
    let declaration = Fields.describe(type, extensions: extensions)
    define(name) { $0.object(declaration.fields, title: nil, help: declaration.help) }
    return reference(name)
  }

  private mutating func reference(to variant: VariantShape) -> JSONNode {
    let name = variant.title + (variant.nameAlone ? " or name" : "")
    if definitions.contains(where: { $0.0 == name }) { return reference(name) }
    define(name) { schema in
      var alone: [JSONNode] = []
      let objects = variant.variants.map { option in
        let fields = option.fields(schema.extensions)
        if fields.allSatisfy({ !$0.isRequired }) { alone.append(.text(option.name)) }
        return schema.reference(to: option, fields, of: variant)
      }
      let choice: JSONNode = ["oneOf": .list(objects)]
      if !variant.nameAlone || alone.isEmpty { return choice }
      return ["anyOf": [["enum": .list(alone)], choice]]
    }
    return reference(name)
  }

  private mutating func reference(
    to option: VariantShape.Option, _ fields: [FieldDeclaration], of variant: VariantShape
  ) -> JSONNode {
    let name = "\(variant.title) \(option.name)"
    if definitions.contains(where: { $0.0 == name }) { return reference(name) }
    let tag: JSONNode = ["const": .text(option.name)]
    define(name) {
      $0.object(
        fields, title: nil, help: option.help, first: (variant.tag, tag),
        firstIsRequired: option.name != variant.standard)
    }
    return reference(name)
  }

  private mutating func define(_ name: String, _ make: (inout SchemaDefinitions) -> JSONNode) {
    let place = definitions.count
    definitions.append((name, .null))
    let schema = make(&self)
    definitions[place].1 = schema
  }

  private func reference(_ name: String) -> JSONNode {
    let token = JSONPointer([name]).description.replacingSpaces
    return ["$ref": .text("#/definitions" + token)]
  }
}

extension FieldDeclaration {
  /// Whether the field must be there: it says so, or is a group with such a field.
  var isRequired: Bool {
    switch (presence, shape) {
    case (.required, _): true
    case (.group, .object(let type)): Fields.describe(type).fields.contains { $0.isRequired }
    default: false
    }
  }
}

extension String {
  /// The text with spaces percent-encoded, as a reference needs.
  fileprivate var replacingSpaces: String {
    split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
  }
}
