public import WeirFormats
public import WeirLab

/// What a benchmark found, for people and for programs.
public enum BenchmarkTable {
  /// The figures as aligned tables.
  public static func text(_ results: BenchmarkResults, _ style: TextStyle) -> String {
    var columns: [TextTable.Column] = []
    for (place, accounts) in results.accounts.enumerated() {
      let size = "\(count(accounts)) accounts"
      columns.append(column("decision", "ns, \(size)", results) { whole($0.times[place].decision) })
      columns.append(column("settlement", "ns", results) { whole($0.times[place].settlement) })
      columns.append(column("admitted", "%", results) { whole($0.times[place].admitted * 100) })
    }
    columns.append(
      column("memory", "bytes/account", results) { $0.bytesPerAccount.map(whole) ?? "-" })
    let table = TextTable(title: "layer", rows: results.layers.map(\.name), columns: columns)
    var text = table.text(style)
    if !results.operations.isEmpty {
      let operations = TextTable(
        title: "kernel", rows: results.operations.map(\.name),
        columns: [
          TextTable.Column(
            label: "time", unit: "ns",
            cells: results.operations.map { TextCell(NumberText.fixed($0.nanoseconds, digits: 1)) })
        ])
      text += "\n" + operations.text(style)
    }
    for name in results.unmeasured {
      text += "\nnote: \(name) has fields without a default, and is not measured\n"
    }
    return text
  }

  /// The figures as one document.
  public static func document(_ results: BenchmarkResults, isOptimised: Bool) -> JSONNode {
    .object([
      ("version", .text(WeirVersion.current)),
      ("optimised", .flag(isOptimised)),
      ("layers", .list(results.layers.map(layer))),
      (
        "kernel",
        .list(
          results.operations.map {
            .object([("name", .text($0.name)), ("nanoseconds", number($0.nanoseconds))])
          })
      ),
      ("unmeasured", .list(results.unmeasured.map { .text($0) })),
    ])
  }

  private static func layer(_ cost: LayerCost) -> JSONNode {
    .object([
      ("name", .text(cost.name)),
      (
        "times",
        .list(
          cost.times.map {
            .object([
              ("accounts", .number($0.accounts)),
              ("decisionNanoseconds", number($0.decision)),
              ("settlementNanoseconds", number($0.settlement)),
              ("admittedShare", number($0.admitted)),
            ])
          })
      ),
      ("bytesPerAccount", cost.bytesPerAccount.map(number) ?? .null),
    ])
  }

  private static func column(
    _ label: String, _ unit: String, _ results: BenchmarkResults, _ cell: (LayerCost) -> String
  ) -> TextTable.Column {
    TextTable.Column(label: label, unit: unit, cells: results.layers.map { TextCell(cell($0)) })
  }

  private static func whole(_ value: Double) -> String { NumberText.fixed(value, digits: 0) }

  private static func number(_ value: Double) -> JSONNode {
    .number((value * 1000).rounded() / 1000)
  }

  /// A number of accounts in short: `1k`, `1M`.
  private static func count(_ accounts: Int) -> String {
    for (unit, size) in [("M", 1_000_000), ("k", 1000)] where accounts % size == 0 {
      return "\(accounts / size)\(unit)"
    }
    return "\(accounts)"
  }
}
