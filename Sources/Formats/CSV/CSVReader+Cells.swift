extension CSVReader {
  /// Whether the cell is empty: undefined.
  public func isEmpty(_ column: CSVColumn) -> Bool {
    let cell = cell(column)
    return cell.start == cell.end
  }

  /// The text of the cell, as a new string; bytes that are not UTF-8 are replaced.
  public func text(_ column: CSVColumn) -> String { text(cell(column)) }

  /// The raw bytes of the cell, doubled quotes still doubled.
  public func rawBytes(_ column: CSVColumn) -> ArraySlice<UInt8> {
    let cell = cell(column)
    return bytes[cell.start..<cell.end]
  }

  /// The whole number in the cell; `12.0` is whole too.
  ///
  /// - Throws: When there is none, or it is outside `range`.
  public func integer(
    _ column: CSVColumn, in range: ClosedRange<Int64> = Int64.min...Int64.max
  ) throws(ScenarioIssue) -> Int64 {
    let value = digits(cell(column)) ?? DecimalText(bytes: rawBytes(column))?.scaled(by: 0)
    guard let value, range.contains(value) else {
      throw issue(at: column, expected: Shape.integer(range).expected)
    }
    return value
  }

  /// The whole number in the cell, at least the lower bound.
  public func integer(
    _ column: CSVColumn, in range: PartialRangeFrom<Int64>
  ) throws(ScenarioIssue) -> Int64 {
    try integer(column, in: range.lowerBound...Int64.max)
  }

  /// The whole number in the cell; `nil` when the cell is empty.
  public func optionalInteger(
    _ column: CSVColumn, in range: ClosedRange<Int64> = Int64.min...Int64.max
  ) throws(ScenarioIssue) -> Int64? {
    isEmpty(column) ? nil : try integer(column, in: range)
  }

  /// The exact decimal in the cell.
  public func decimal(_ column: CSVColumn) throws(ScenarioIssue) -> DecimalText {
    guard let value = DecimalText(bytes: rawBytes(column)) else {
      throw issue(at: column, expected: "a number")
    }
    return value
  }

  /// The nearest floating-point number to the one in the cell.
  public func number(_ column: CSVColumn) throws(ScenarioIssue) -> Double {
    let cell = cell(column)
    guard let value = shortDecimal(cell) ?? longDecimal(cell) else {
      throw issue(at: column, expected: "a number")
    }
    return value
  }

  /// The number in the cell; `nil` when the cell is empty.
  public func optionalNumber(_ column: CSVColumn) throws(ScenarioIssue) -> Double? {
    isEmpty(column) ? nil : try number(column)
  }

  /// An instant such as `2023-11-16 18:15:46.6805900`, in nanoseconds since the start of 1970.
  ///
  /// The day and the time are parted by a space or `T`; up to nine digits of a second; then
  /// nothing (which is UTC), `Z`, or an offset such as `+00:00`.
  public func timestamp(_ column: CSVColumn) throws(ScenarioIssue) -> Int64 {
    let cell = cell(column)
    let value = bytes.withUnsafeBufferPointer {
      TimestampText.read(UnsafeBufferPointer(rebasing: $0[cell.start..<cell.end]))
    }
    guard let value else {
      throw issue(at: column, expected: "an instant like 2026-02-01T18:15:46.68")
    }
    return value
  }

  /// The issue that the cell is not what was expected.
  public func issue(at column: CSVColumn, expected: String) -> ScenarioIssue {
    let found = isEmpty(column) ? "an empty cell" : JSONNode.text(text(column)).found
    return ScenarioIssue(
      .wrongKind(expected: expected, found: found), position: position(of: column),
      column: column.name)
  }

  /// Where the cell stands.
  public func position(of column: CSVColumn) -> SourcePosition { position(cell(column).start) }

  // MARK: Digits

  /// The number when the cell is at most 18 digits after an optional minus sign.
  private func digits(_ cell: CSVCell) -> Int64? {
    bytes.withUnsafeBufferPointer { bytes in
      var place = cell.start
      guard place < cell.end else { return nil }
      let isNegative = bytes[place] == UInt8(ascii: "-")
      if isNegative { place += 1 }
      guard (1...18).contains(cell.end - place) else { return nil }
      var value: Int64 = 0
      while place < cell.end {
        let digit = bytes[place] &- UInt8(ascii: "0")
        if digit > 9 { return nil }
        value = value &* 10 &+ Int64(digit)
        place += 1
      }
      return isNegative ? -value : value
    }
  }

  /// The number when it is plain and has at most 15 digits: then one exact division finds it.
  ///
  /// Source: Clinger, "How to read floating point numbers accurately", PLDI 1990.
  private func shortDecimal(_ cell: CSVCell) -> Double? {
    bytes.withUnsafeBufferPointer { bytes in
      var place = cell.start
      guard place < cell.end else { return nil }
      let isNegative = bytes[place] == UInt8(ascii: "-")
      if isNegative { place += 1 }
      guard (1...16).contains(cell.end - place) else { return nil }
      var value: Int64 = 0
      var count = 0
      var divisor = 1.0
      var hasPoint = false
      while place < cell.end {
        let digit = bytes[place] &- UInt8(ascii: "0")
        if digit <= 9 {
          value = value &* 10 &+ Int64(digit)
          count += 1
          if hasPoint { divisor *= 10 }
        } else if bytes[place] == UInt8(ascii: "."), !hasPoint {
          hasPoint = true
        } else {
          return nil
        }
        place += 1
      }
      guard (1...15).contains(count) else { return nil }
      return (isNegative ? -1 : 1) * Double(value) / divisor
    }
  }

  private func longDecimal(_ cell: CSVCell) -> Double? {
    let isPlain = bytes[cell.start..<cell.end].allSatisfy {
      isDigit($0) || "+-.eE".utf8.contains($0)
    }
    guard isPlain, let value = Double(text(cell)), value.isFinite else { return nil }
    return value
  }
}
