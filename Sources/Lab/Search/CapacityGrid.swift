import WeirFormats

/// The values among which a capacity is looked for: from one to another in equal steps, exactly.
public struct CapacityGrid: Sendable, Equatable {
  /// The number of values, at least 2.
  public let count: Int
  private let first: Int64
  private let step: Int64
  private let decimals: Int

  /// The most values; a bisection looks at a few dozen of them.
  public static let limit = 1_000_000_000

  /// The values from `first` in equal steps, up to `last`.
  ///
  /// - Returns: Nothing for texts that are not decimal numbers of at most nine decimals, a step that
  ///   is not above 0, or less than two values.
  public init?(from first: String, to last: String, step: String = "1") {
    let numbers = [first, last, step].compactMap { DecimalText($0) }
    guard numbers.count == 3 else { return nil }
    for decimals in 0...9 {
      let scaled = numbers.compactMap { $0.scaled(by: decimals) }
      guard scaled.count == 3 else { continue }
      let (distance, overflows) = scaled[1].subtractingReportingOverflow(scaled[0])
      guard !overflows, scaled[2] > 0, distance / scaled[2] >= 1,
        distance / scaled[2] < Int64(Self.limit)
      else { return nil }
      self.first = scaled[0]
      self.step = scaled[2]
      self.decimals = decimals
      count = Int(distance / scaled[2]) + 1
      return
    }
    return nil
  }

  /// Value number `index`, from 0, as decimal text.
  public func text(_ index: Int) -> String {
    let value = first + Int64(index) * step
    return DecimalText("\(value)e-\(decimals)")?.description ?? String(value)
  }
}
