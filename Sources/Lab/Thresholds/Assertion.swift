/// A bound on a number, as scenarios write it: `"<= 30"`, `">= 0.9"`, `"== 0"`, `">= -2%"`.
public struct Assertion: Sendable, Equatable {
  /// How a value compares with the bound.
  public enum Comparison: String, Sendable, CaseIterable {
    /// Below the bound.
    case less = "<"
    /// At or below the bound.
    case lessOrEqual = "<="
    /// At or above the bound.
    case greaterOrEqual = ">="
    /// Above the bound.
    case greater = ">"
    /// Exactly the bound.
    case equal = "=="
  }

  /// How a value compares with the bound.
  public let comparison: Comparison
  /// The bound, in the unit of the metric, or in per cent.
  public let bound: Double
  /// Whether the bound is a change in per cent of the baseline.
  public let isRelative: Bool

  /// The assertion that values compare with `bound` as stated.
  public init(_ comparison: Comparison, _ bound: Double, isRelative: Bool = false) {
    self.comparison = comparison
    self.bound = bound
    self.isRelative = isRelative
  }

  /// Reads an assertion: a comparison, a finite decimal number, and `%` for a relative one.
  ///
  /// Spaces may stand around the number. Undefined for anything else.
  public init?(parsing text: String) {
    let trimmed = text.trimmingSpaces()
    // The longer signs come first, since "<" begins "<=".
    let signs = Comparison.allCases.sorted { $0.rawValue.utf8.count > $1.rawValue.utf8.count }
    guard let comparison = signs.first(where: { trimmed.hasPrefix($0.rawValue) }) else {
      return nil
    }
    var number = trimmed.dropFirst(comparison.rawValue.count).trimmingSpaces()
    let isRelative = number.hasSuffix("%")
    if isRelative { number = number.dropLast().trimmingSpaces() }
    guard number.isDecimalNumber, let bound = Double(number), bound.isFinite else { return nil }
    self.init(comparison, bound, isRelative: isRelative)
  }

  /// Whether `value` satisfies the assertion; never true of what is not a number.
  public func holds(for value: Double) -> Bool {
    switch comparison {
    case .less: value < bound
    case .lessOrEqual: value <= bound
    case .greaterOrEqual: value >= bound
    case .greater: value > bound
    case .equal: value == bound
    }
  }

  /// Whether any number of `interval` satisfies the assertion.
  public func canHold(in interval: Interval) -> Bool {
    comparison == .equal
      ? interval.contains(bound) : holds(for: interval.lower) || holds(for: interval.upper)
  }

  /// The value that satisfies the assertion least: the greatest for `<=`, the least for `>=`.
  public func worst(of values: [Double]) -> Double? {
    switch comparison {
    case .less, .lessOrEqual: values.max()
    case .greater, .greaterOrEqual: values.min()
    case .equal: values.max { ($0 - bound).magnitude < ($1 - bound).magnitude }
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  fileprivate func trimmingSpaces() -> Substring {
    var part = self[...]
    while part.first == " " { part = part.dropFirst() }
    while part.last == " " { part = part.dropLast() }
    return part
  }
}

extension Substring {
  /// Sign, digits, fraction and exponent, and nothing else that `Double` would read.
  fileprivate var isDecimalNumber: Bool {
    let characters = Array(utf8)
    var index = 0
    func skipDigits() -> Int {
      let start = index
      while index < characters.count, (0x30...0x39).contains(characters[index]) { index += 1 }
      return index - start
    }
    func skip(_ allowed: String) -> Bool {
      guard index < characters.count, allowed.utf8.contains(characters[index]) else { return false }
      index += 1
      return true
    }
    _ = skip("+-")
    guard skipDigits() > 0 else { return false }
    if skip("."), skipDigits() == 0 { return false }
    if skip("eE") {
      _ = skip("+-")
      guard skipDigits() > 0 else { return false }
    }
    return index == characters.count
  }
}
