import WeirFormats

/// A condition on the values of a point: an axis against a number, a text or another axis.
struct SweepFilter: Sendable, Equatable {
  /// How two values are compared.
  enum Relation: String, CaseIterable, Sendable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case different = "!="
    case less = "<"
    case greater = ">"
  }

  /// One side of a condition.
  enum Operand: Sendable, Equatable {
    /// The value of an axis, by its pointer.
    case axis(String)
    /// A value as it could stand in a scenario.
    case value(JSONNode)
  }

  /// The condition as it was written.
  let text: String
  private let left: Operand
  private let relation: Relation
  private let right: Operand

  /// Reads a condition such as `/fleet/0/servers <= 40`; `nil` when it is not one.
  init?(parsing text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 3, let relation = Relation(rawValue: words[1]),
      let left = Operand(parsing: words[0]), let right = Operand(parsing: words[2])
    else { return nil }
    self.text = text
    self.left = left
    self.relation = relation
    self.right = right
    if pointers.isEmpty { return nil }
  }

  private init(_ left: Operand, _ relation: Relation, _ right: Operand) {
    text = ""
    (self.left, self.relation, self.right) = (left, relation, right)
  }

  /// A condition on nothing, which stands in for one that could not be read.
  static let placeholder = SweepFilter(.value(0), .equal, .value(0))

  /// The axes that it is about.
  var pointers: [String] {
    [left, right].compactMap { if case .axis(let pointer) = $0 { pointer } else { nil } }
  }

  /// Whether a point satisfies the condition; values that cannot be compared do not.
  func holds(_ value: (String) -> JSONNode?) -> Bool {
    func node(_ operand: Operand) -> JSONNode? {
      switch operand {
      case .axis(let pointer): value(pointer)
      case .value(let node): node
      }
    }
    guard let left = node(left), let right = node(right) else { return false }
    guard let first = left.magnitude, let second = right.magnitude else {
      switch relation {
      case .equal: return left == right
      case .different: return left != right
      default: return false
      }
    }
    switch relation {
    case .lessOrEqual: return first <= second
    case .greaterOrEqual: return first >= second
    case .equal: return first == second
    case .different: return first != second
    case .less: return first < second
    case .greater: return first > second
    }
  }
}

extension SweepFilter.Operand {
  /// A pointer, or a JSON value, or a text without quotes.
  fileprivate init?(parsing word: String) {
    if word.hasPrefix("/") {
      guard JSONPointer(parsing: word) != nil else { return nil }
      self = .axis(word)
    } else {
      self = .value(JSONNode.argument(SourceFile(name: "keep", text: word)))
    }
  }
}

extension ValueKind where Value == SweepFilter {
  /// An axis, a comparison and a value, such as `/fleet/0/servers <= 40`.
  static var sweepFilter: ValueKind {
    ValueKind<String>.text(count: 1...1000).converted(
      "an axis, a comparison and a value, such as \"/fleet/0/servers <= 40\"",
      placeholder: .placeholder,
      { SweepFilter(parsing: $0) }, back: { $0.text })
  }
}
