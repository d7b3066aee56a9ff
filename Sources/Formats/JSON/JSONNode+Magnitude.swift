extension JSONNode {
  /// The size of a number, a quantity such as `40k`, or a duration such as `5h` in nanoseconds.
  ///
  /// For comparing values of one kind with one another; `nil` for other values.
  public var magnitude: Double? {
    switch value {
    case .number(let text): return Double(text)
    case .text(let text):
      if case .value(let quantity) = QuantityText.read(text) { return Double(quantity) }
      if case .value(let nanoseconds) = DurationText.read(text) { return Double(nanoseconds) }
      return nil
    default: return nil
    }
  }
}
