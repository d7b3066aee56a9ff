import WeirFormats

/// `datapackage.json`: every file with every column, as a Frictionless tabular data package.
///
/// Source: Frictionless Data, "Tabular Data Package" and "Table Schema", version 1; `unit` is an
/// addition, which those allow.
enum DataPackage {
  static let fileName = "datapackage.json"

  static func document(_ study: Study, _ tables: [TableDescription]) -> JSONNode {
    .object([
      ("profile", "tabular-data-package"),
      ("name", .text(packageName(study.scenario.name))),
      ("title", .text(study.scenario.name)),
      ("description", .text(study.scenario.description)),
      ("resources", .list(tables.map(resource))),
    ])
  }

  private static func resource(_ table: TableDescription) -> JSONNode {
    .object([
      ("profile", "tabular-data-resource"),
      ("name", .text(table.name)),
      ("path", .text(table.fileName)),
      ("description", .text(table.text)),
      ("format", "csv"),
      ("mediatype", "text/csv"),
      ("encoding", "utf-8"),
      ("dialect", ["delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "header": true]),
      (
        "schema",
        .object([
          ("fields", .list(table.columns.map(field))),
          ("missingValues", [""]),
          ("primaryKey", .list(table.key.map { .text($0) })),
        ])
      ),
    ])
  }

  private static func field(_ column: Column) -> JSONNode {
    var members: [(String, JSONNode)] = [
      ("name", .text(column.name)), ("type", .text(column.kind.rawValue)),
    ]
    if !column.unit.isEmpty { members.append(("unit", .text(column.unit))) }
    members.append(("description", .text(column.text)))
    return .object(members)
  }

  /// A name of lower-case letters, digits, `.`, `_` and `-`, as packages must have.
  private static func packageName(_ name: String) -> String { name.lowercased() }
}
