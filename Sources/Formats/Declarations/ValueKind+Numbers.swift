extension ValueKind where Value == Int64 {
  /// A JSON whole number; `1.0` and `1e3` are whole too.
  public static func integer(in range: ClosedRange<Int64>) -> ValueKind {
    let shape = Shape.integer(range)
    return ValueKind(
      shape: shape, placeholder: { range.nearestToZero },
      read: { node, reader in
        guard case .number(let text) = node.value else {
          reader.recordWrongKind(shape, node, suggestion: digitsWithoutQuotes(node))
          return nil
        }
        return wholeNumber(text, in: range, shape, node, reader)
      }, write: { .number($0) })
  }

  /// A JSON whole number of at least the lower bound.
  public static func integer(in range: PartialRangeFrom<Int64>) -> ValueKind {
    integer(in: range.lowerBound...Int64.max)
  }

  /// A whole number, or text such as `40k`, `1.5M`, `2G`: decimal multiples, exact.
  public static func quantity(in range: ClosedRange<Int64>) -> ValueKind {
    let shape = Shape.quantity(range)
    return ValueKind(
      shape: shape, placeholder: { range.nearestToZero },
      read: { node, reader in
        switch node.value {
        case .number(let text): return wholeNumber(text, in: range, shape, node, reader)
        case .text(let text):
          switch QuantityText.read(text) {
          case .value(let value) where range.contains(value): return value
          case .value, .tooLarge: reader.recordOutOfRange(shape, node)
          case .malformed(let nearest):
            reader.recordWrongKind(shape, node, suggestion: nearest)
          }
          return nil
        default:
          reader.recordWrongKind(shape, node)
          return nil
        }
      }, write: { .number($0) })
  }

  /// A quantity of at least the lower bound.
  public static func quantity(in range: PartialRangeFrom<Int64>) -> ValueKind {
    quantity(in: range.lowerBound...Int64.max)
  }

  /// How many of something: a quantity of at least 0.
  public static var count: ValueKind { quantity(in: 0...) }

  /// A text such as `5h`, `250ms`, `1h30m`, in nanoseconds; units d, h, m, s, ms, us, ns.
  public static func duration(in range: ClosedRange<Int64> = 0...Int64.max) -> ValueKind {
    let shape = Shape.duration(range)
    return ValueKind(
      shape: shape, placeholder: { range.nearestToZero },
      read: { node, reader in
        let written = node.text ?? node.numberText
        guard let written else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        switch DurationText.read(written) {
        case .value(let value) where range.contains(value): return value
        case .value, .tooLarge: reader.recordOutOfRange(shape, node)
        case .malformed(let nearest): reader.recordWrongKind(shape, node, suggestion: nearest)
        }
        return nil
      }, write: { .text(DurationText.text($0)) })
  }

  /// A duration of at least the lower bound, in nanoseconds.
  public static func duration(in range: PartialRangeFrom<Int64>) -> ValueKind {
    duration(in: range.lowerBound...Int64.max)
  }

  /// A day or an instant, `2026-02-01` or `2026-02-01T00:00:00Z`, in seconds of the Unix epoch.
  public static var date: ValueKind {
    ValueKind(
      shape: .date, placeholder: { 0 },
      read: { node, reader in
        switch node.text.map(DateText.read) ?? .malformed(nearest: nil) {
        case .value(let value): return value
        case .tooLarge: reader.recordOutOfRange(.date, node)
        case .malformed: reader.recordWrongKind(.date, node)
        }
        return nil
      }, write: { .text(DateText.text($0)) })
  }

  private static func digitsWithoutQuotes(_ node: JSONNode) -> String? {
    guard let text = node.text, case .value(let value) = QuantityText.read(text) else { return nil }
    return String(value)
  }

  private static func wholeNumber(
    _ text: String, in range: ClosedRange<Int64>, _ shape: Shape, _ node: JSONNode,
    _ reader: DocumentReader
  ) -> Int64? {
    if let value = Int64(text) ?? DecimalText(text)?.scaled(by: 0) {
      if range.contains(value) { return value }
      reader.recordOutOfRange(shape, node)
    } else if DecimalText(text).map({ $0.exponent >= 0 }) ?? true {
      reader.recordOutOfRange(shape, node)
    } else {
      reader.recordWrongKind(shape, node)
    }
    return nil
  }
}

extension ValueKind where Value == Double {
  /// A number within bounds; `-infinity` and `infinity` stand for no bound.
  public static func number(
    in range: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) -> ValueKind {
    number(NumberBounds(lower: range.lowerBound, upper: range.upperBound))
  }

  /// A number of at least the lower bound.
  public static func number(in range: PartialRangeFrom<Double>) -> ValueKind {
    number(NumberBounds(lower: range.lowerBound, upper: .infinity))
  }

  /// A number greater than `lower` and at most `upper`.
  public static func number(above lower: Double, upTo upper: Double = .infinity) -> ValueKind {
    number(NumberBounds(lower: lower, upper: upper, excludesLower: true))
  }

  private static func number(_ bounds: NumberBounds) -> ValueKind {
    let shape = Shape.number(bounds)
    return ValueKind(
      shape: shape, placeholder: { bounds.example },
      read: { node, reader in
        guard let text = node.numberText, let value = Double(text) else {
          let digits = node.text.flatMap { DecimalText($0)?.description }
          reader.recordWrongKind(shape, node, suggestion: digits)
          return nil
        }
        if bounds.contains(value) { return value }
        reader.recordOutOfRange(shape, node)
        return nil
      }, write: { .number($0) })
  }
}

extension ValueKind where Value == DecimalText {
  /// An exact decimal, as a number or as text; the bounds are exact for whole numbers.
  public static func decimal(
    in range: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) -> ValueKind {
    decimal(NumberBounds(lower: range.lowerBound, upper: range.upperBound))
  }

  /// An exact decimal of at least the lower bound.
  public static func decimal(in range: PartialRangeFrom<Double>) -> ValueKind {
    decimal(NumberBounds(lower: range.lowerBound, upper: .infinity))
  }

  private static func decimal(_ bounds: NumberBounds) -> ValueKind {
    let shape = Shape.decimal(bounds)
    return ValueKind(
      shape: shape, placeholder: { bounds.decimalExample },
      read: { node, reader in
        guard let text = node.numberText ?? node.text, NumberShape(text.utf8) != nil else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        if let value = DecimalText(text), bounds.contains(value.double) { return value }
        reader.recordOutOfRange(shape, node)
        return nil
      }, write: { JSONNode(.number($0.description)) })
  }
}

extension ValueKind where Value == UInt64 {
  /// A seed: a whole number below 2⁶⁴, or its digits as text.
  public static var seed: ValueKind {
    ValueKind(
      shape: .seed, placeholder: { 0 },
      read: { node, reader in
        let whole = node.numberText.flatMap { DecimalText($0) }
        let digits = node.text.flatMap { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) ? $0 : nil }
        if let value = whole?.unsigned ?? digits.flatMap({ UInt64($0) }) { return value }
        if whole.map({ $0.exponent >= 0 }) ?? (digits != nil || node.numberText != nil) {
          reader.recordOutOfRange(.seed, node)
        } else {
          reader.recordWrongKind(.seed, node)
        }
        return nil
      }, write: { .number($0) })
  }
}

extension ClosedRange<Int64> {
  /// Zero, or the bound nearest to it.
  fileprivate var nearestToZero: Int64 { Swift.min(Swift.max(0, lowerBound), upperBound) }
}

extension NumberBounds {
  /// A number inside, near zero.
  fileprivate var example: Double {
    let nearest = Swift.min(Swift.max(0, lower), upper)
    if contains(nearest) { return nearest }
    return upper.isFinite ? upper : lower + 1
  }

  /// A decimal inside, near zero.
  fileprivate var decimalExample: DecimalText {
    DecimalText(NumberText.shortest(example)) ?? .zero
  }
}

extension JSONNode {
  /// The text of a number; `nil` for other values.
  var numberText: String? {
    if case .number(let text) = value { text } else { nil }
  }
}
