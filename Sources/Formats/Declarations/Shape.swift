/// What the JSON of one kind of value looks like: messages, schema and reference follow from it.
public indirect enum Shape: Sendable {
  /// A whole number.
  case integer(ClosedRange<Int64>)
  /// A whole number or a text such as `40k`.
  case quantity(ClosedRange<Int64>)
  /// A whole number below 2⁶⁴, or its digits as text.
  case seed
  /// A number.
  case number(NumberBounds)
  /// A number or its text, kept exactly.
  case decimal(NumberBounds)
  /// A text such as `1h30m`, within bounds in nanoseconds.
  case duration(ClosedRange<Int64>)
  /// A day or an instant, as text.
  case date
  /// A text of so many characters.
  case text(ClosedRange<Int>)
  /// A name.
  case name
  /// `true` or `false`.
  case flag
  /// Any JSON value.
  case any
  /// One of some texts.
  case choice([ChoiceOption])
  /// An object of its own.
  case object(any Declared.Type)
  /// A list of so many elements.
  case list(Shape, count: ClosedRange<Int>)
  /// An object with members of any name, or with names only.
  case map(Shape, namesOnly: Bool)
  /// One element, or a list of so many.
  case oneOrMany(Shape, count: ClosedRange<Int>)
  /// One or the other; their JSON types differ.
  case either(Shape, Shape)
  /// A tagged object, or the tag alone.
  case variant(VariantShape)
}

/// One text that a choice allows.
public struct ChoiceOption: Sendable {
  /// The text.
  public let name: String
  /// What it means; may be empty.
  public let help: String
}

/// The bounds of a number.
public struct NumberBounds: Hashable, Sendable {
  /// The least value; `-infinity` for none.
  public var lower: Double
  /// The greatest value; `infinity` for none.
  public var upper: Double
  /// Whether the least value itself is outside.
  public var excludesLower = false

  /// Whether `value` is inside.
  public func contains(_ value: Double) -> Bool {
    value.isFinite && value <= upper && (excludesLower ? value > lower : value >= lower)
  }
}

/// What a tagged object looks like.
public struct VariantShape: Sendable {
  /// What the variants are of.
  public let title: String
  /// The member that chooses.
  public let tag: String
  /// The variant without a tag.
  public let standard: String?
  /// Whether the name alone stands for the variant with all its defaults.
  public let nameAlone: Bool
  /// The variants.
  public let variants: [Option]

  /// One variant.
  public struct Option: Sendable {
    /// The tag.
    public let name: String
    /// What it is.
    public let help: String
    /// The Swift type that it is; `nil` when it has none of its own.
    public let type: (any Any.Type)?
    /// Describes its fields.
    public let fields: @Sendable (Extensions) -> [FieldDeclaration]

    /// The Swift type as `Module/Type`, which takes a while to find out.
    public var symbol: String? {
      type.map { String(reflecting: $0).split(separator: ".").joined(separator: "/") }
    }
  }
}

/// The JSON types that a kind of value may have.
struct JSONTypes: OptionSet {
  let rawValue: UInt8

  static let null = JSONTypes(rawValue: 1)
  static let flag = JSONTypes(rawValue: 2)
  static let number = JSONTypes(rawValue: 4)
  static let text = JSONTypes(rawValue: 8)
  static let list = JSONTypes(rawValue: 16)
  static let object = JSONTypes(rawValue: 32)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The type of a node.
  init(of node: JSONNode) {
    self =
      switch node.value {
      case .null: .null
      case .flag: .flag
      case .number: .number
      case .text: .text
      case .list: .list
      case .object: .object
      }
  }
}

extension Shape {
  /// The JSON types that its values may have.
  var types: JSONTypes {
    switch self {
    case .integer, .number: .number
    case .quantity, .seed, .decimal: [.number, .text]
    case .duration, .date, .text, .name, .choice: .text
    case .flag: .flag
    case .any: [.null, .flag, .number, .text, .list, .object]
    case .object, .map: .object
    case .list: .list
    case .oneOrMany(let element, _): element.types.union(.list)
    case .either(let short, let long): short.types.union(long.types)
    case .variant(let variant): variant.nameAlone ? [.object, .text] : .object
    }
  }
}
