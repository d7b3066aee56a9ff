import WeirFormats

/// A change of a limit as a row of a ``DecideSession`` names it.
struct DecideChange {
  /// The layer, as an index into the stack.
  var layer: Int
  /// What is set in it, such as `limit=20;per=1h`: places and values.
  var assignments: [(pointer: JSONPointer, value: JSONNode)]
  /// What becomes of the use so far.
  var inheritance: Inheritance
  /// Where the assignments stand.
  var column: CSVColumn
}

/// The columns with which a row changes a limit.
struct DecideChangeColumns {
  static let names = ["layer", "set", "carry"]

  private let layer: CSVColumn?
  private let set: CSVColumn?
  private let carry: CSVColumn?

  init(_ rows: CSVReader) {
    layer = rows.columnIfPresent("layer")
    set = rows.columnIfPresent("set")
    carry = rows.columnIfPresent("carry")
  }

  func change(
    in rows: CSVReader, layers: [String], else operation: CSVColumn
  ) throws(ScenarioIssue) -> DecideChange {
    guard let layer, let set else {
      throw rows.issue(
        at: operation, expected: "the columns layer and set, which say what a limit becomes")
    }
    let index = try rows.index(layer, among: layers)
    var inheritance = Inheritance.additive
    if let carry, !rows.isEmpty(carry) {
      let known = Inheritance.allCases
      inheritance = known[try rows.index(carry, among: known.map(\.rawValue))]
    }
    var assignments: [(pointer: JSONPointer, value: JSONNode)] = []
    for part in rows.text(set).split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      let path = sides.first ?? ""
      guard sides.count == 2,
        let pointer = JSONPointer(parsing: path.hasPrefix("/") ? path : "/" + path)
      else { throw rows.issue(at: set, expected: "fields and values such as limit=20;per=1h") }
      let source = SourceFile(name: "\(rows.position(of: set)): \(path)", text: sides[1])
      assignments.append((pointer, JSONNode.argument(source)))
    }
    guard !assignments.isEmpty else {
      throw rows.issue(at: set, expected: "fields and values such as limit=20;per=1h")
    }
    return DecideChange(
      layer: index, assignments: assignments, inheritance: inheritance, column: set)
  }
}
