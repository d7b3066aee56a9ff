import WeirFormats

/// A column of a result file, as the data dictionary describes it.
public struct Column: Sendable, Hashable {
  /// The header.
  public let name: String
  /// What its cells are.
  public let kind: Kind
  /// The unit, in words; empty when there is none.
  public let unit: String
  /// What it is, in a sentence or two.
  public let text: String

  /// What the cells of a column are, as data packages call it.
  public enum Kind: String, Sendable {
    /// A whole number.
    case integer
    /// A number.
    case number
    /// A text.
    case text = "string"
    /// True or false.
    case flag = "boolean"
  }
}

/// What a result file holds: the base of its header, of the data package and of the reference.
public struct TableDescription: Sendable {
  /// The name of the file without its ending.
  public let name: String
  /// What one row is.
  public let text: String
  /// The columns, in order.
  public let columns: [Column]
  /// The columns that together tell each row from all others.
  public let key: [String]

  /// The name of the file.
  public var fileName: String { name + ".csv" }
}

/// A column with the way to its cell in a row: declared once, written and described from that.
struct TableColumn<Row>: Sendable {
  let column: Column
  let write: @Sendable (Row, inout CSVWriter) -> Void

  static func integer(
    _ name: String, _ unit: String, _ text: String,
    _ value: @escaping @Sendable (Row) -> Int64?
  ) -> TableColumn {
    TableColumn(column: Column(name: name, kind: .integer, unit: unit, text: text)) {
      $1.integer(value($0))
    }
  }

  static func number(
    _ name: String, _ unit: String, _ text: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> TableColumn {
    TableColumn(column: Column(name: name, kind: .number, unit: unit, text: text)) {
      $1.number(value($0))
    }
  }

  /// A time in nanoseconds, written as exact seconds.
  static func seconds(
    _ name: String, _ text: String, _ nanoseconds: @escaping @Sendable (Row) -> Int64?
  ) -> TableColumn {
    TableColumn(column: Column(name: name, kind: .number, unit: "seconds", text: text)) {
      $1.seconds(nanoseconds: nanoseconds($0))
    }
  }

  static func text(
    _ name: String, _ text: String, _ value: @escaping @Sendable (Row) -> String?
  ) -> TableColumn {
    TableColumn(column: Column(name: name, kind: .text, unit: "", text: text)) {
      $1.text(value($0))
    }
  }

  static func flag(
    _ name: String, _ text: String, _ value: @escaping @Sendable (Row) -> Bool?
  ) -> TableColumn {
    TableColumn(column: Column(name: name, kind: .flag, unit: "", text: text)) {
      $1.flag(value($0))
    }
  }
}

/// A table whose rows are made from values of one type.
struct Table<Row>: Sendable {
  let name: String
  let text: String
  let key: [String]
  let columns: [TableColumn<Row>]

  var description: TableDescription {
    TableDescription(name: name, text: text, columns: columns.map { $0.column }, key: key)
  }

  func write(_ row: Row, to csv: inout CSVWriter) {
    for column in columns { column.write(row, &csv) }
    csv.endRow()
  }
}
