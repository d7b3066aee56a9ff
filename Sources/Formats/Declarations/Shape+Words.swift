extension Shape {
  /// What the value is called after the word "expected".
  public var expected: String {
    switch self {
    case .integer: "a whole number" + range
    case .quantity: "a whole number (or text like \"40k\")" + range
    case .seed: "a whole number" + range
    case .number: "a number" + range
    case .decimal: "a number (or its text)" + range
    case .duration: "a duration like \"5h\" or \"250ms\"" + range
    case .date: "a date like \"2026-02-01\" or \"2026-02-01T00:00:00Z\""
    case .text: "text" + range
    case .name: "a name of 1 to 64 letters, digits, \"-\", \"_\" and \".\""
    case .flag: "true or false"
    case .any: "a value"
    case .choice(let options): Shape.oneOf(options.map(\.name))
    case .object: "an object"
    case .list: "a list" + range
    case .map(_, let namesOnly): namesOnly ? "an object whose members have names" : "an object"
    case .oneOrMany(let element, _): "\(element.expected), or a list" + range
    case .either(let short, let long): "\(short.expected), or \(long.expected)"
    case .variant(let variant): variant.expected
    }
  }

  /// The bounds in words, to follow what is bounded: ` of at least 0`; empty when there are none.
  public var range: String {
    switch self {
    case .integer(let range), .quantity(let range): Shape.bounds(range) { String($0) }
    case .duration(let range): Shape.bounds(range) { DurationText.text($0) }
    case .seed: " from 0 to \(UInt64.max)"
    case .number(let bounds), .decimal(let bounds): bounds.words
    case .text(let count): Shape.counted(count, "character", "characters")
    case .list(_, let count), .oneOrMany(_, let count):
      Shape.counted(count, "element", "elements")
    default: ""
    }
  }

  /// `one of "a", "b"`, or the only one.
  static func oneOf(_ names: [String]) -> String {
    let list = names.map { JSONWriter.quoted($0) }.joined(separator: ", ")
    return names.count == 1 ? list : "one of " + list
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
