import WeirLab

/// The option that leaves large tables out of the results.
enum TablesLeftOut {
  static let specification = CommandSpecification.Option.value(
    "--without", "TABLES",
    "Leave out large tables: some of \(ResultReference.optionalTables.joined(separator: ",")), with"
      + " commas between.")
}

extension Arguments {
  /// The tables that `--without` lists.
  func tablesLeftOut() throws(UsageProblem) -> [String] {
    guard let text = text("--without") else { return [] }
    let (known, names) = (
      ResultReference.optionalTables, text.split(separator: ",").map(String.init)
    )
    guard !names.isEmpty, names.allSatisfy(known.contains) else {
      throw .badValue(
        of: "--without", found: text, expected: "some of \(known.joined(separator: ","))")
    }
    return names
  }
}
