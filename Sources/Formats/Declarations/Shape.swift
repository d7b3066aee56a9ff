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
    /// Describes its fields.
    public let fields: @Sendable (Extensions) -> [FieldDeclaration]
  }
}

extension Shape {
  /// What the value is called after the word "expected".
  public var expected: String {
    switch self {
    case .integer(let range): "a whole number" + Shape.bounds(range) { String($0) }
    case .quantity(let range):
      "a whole number (or text like \"40k\")" + Shape.bounds(range) { String($0) }
    case .seed: "a whole number from 0 to 18446744073709551615"
    case .number(let bounds): "a number" + bounds.words
    case .decimal(let bounds): "a number (or its text)" + bounds.words
    case .duration(let range):
      "a duration like \"5h\" or \"250ms\"" + Shape.bounds(range) { DurationText.text($0) }
    case .date: "a date like \"2026-02-01\" or \"2026-02-01T00:00:00Z\""
    case .text(let count): "text" + Shape.counted(count, "character", "characters")
    case .name: "a name of 1 to 64 letters, digits, \"-\", \"_\" and \".\""
    case .flag: "true or false"
    case .any: "a value"
    case .choice(let options): Shape.oneOf(options.map(\.name))
    case .object: "an object"
    case .list(_, let count): "a list" + Shape.counted(count, "element", "elements")
    case .map(_, let namesOnly): namesOnly ? "an object whose members have names" : "an object"
    case .oneOrMany(let element, let count):
      "\(element.expected), or a list" + Shape.counted(count, "element", "elements")
    case .either(let short, let long): "\(short.expected), or \(long.expected)"
    case .variant(let variant): variant.expected
    }
  }

  /// `one of "a", "b"`, or the only one.
  static func oneOf(_ names: [String]) -> String {
    (names.count == 1 ? "" : "one of ") + names.map { JSONWriter.quoted($0) }.joined(separator: ", ")
  }

  private static func bounds(
    _ range: ClosedRange<Int64>, _ text: (Int64) -> String
  ) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): ""
    case (let lower, .max): " of at least \(text(lower))"
    case (.min, let upper): " of at most \(text(upper))"
    case (let lower, let upper) where lower == upper: " of exactly \(text(lower))"
    case (let lower, let upper): " from \(text(lower)) to \(text(upper))"
    }
  }

  private static func counted(_ count: ClosedRange<Int>, _ one: String, _ many: String) -> String {
    switch (count.lowerBound, count.upperBound) {
    case (0, .max): ""
    case (let lower, .max): " of at least \(lower) \(lower == 1 ? one : many)"
    case (let lower, let upper) where lower == upper:
      " of exactly \(lower) \(lower == 1 ? one : many)"
    case (0, let upper): " of at most \(upper) \(upper == 1 ? one : many)"
    case (let lower, let upper): " of \(lower) to \(upper) \(many)"
    }
  }
}

extension NumberBounds {
  /// The bounds in words, to follow the word "number".
  var words: String {
    let least = NumberText.shortest(lower)
    let most = NumberText.shortest(upper)
    return switch (lower.isFinite, upper.isFinite) {
    case (false, false): ""
    case (true, false): excludesLower ? " above \(least)" : " of at least \(least)"
    case (false, true): " of at most \(most)"
    case (true, true):
      excludesLower ? " above \(least) and at most \(most)" : " from \(least) to \(most)"
    }
  }
}

extension VariantShape {
  /// What it is called after the word "expected".
  var expected: String {
    let names = Shape.oneOf(variants.map(\.name))
    let object = "a \(title): an object whose \(JSONWriter.quoted(tag)) is \(names)"
    return nameAlone ? object + ", or that name alone" : object
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
