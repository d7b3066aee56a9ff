import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// The files of one tiny study, against what they say about themselves and one another.
@Suite struct ResultFilesTests {
  static let files: [String: Data] = {
    do {
      return try StudyRunnerTests.files(jobs: 2, in: try Scratch(), name: "tiny")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  static func json(_ name: String) throws -> JSONNode {
    let bytes = [UInt8](try #require(files[name]))
    return try #require(JSONNode.parse(SourceFile(name: name, bytes: bytes)).node)
  }

  /// The header and the rows of a file, by column.
  static func table(_ name: String) throws -> (header: [String], rows: [[String: String]]) {
    let bytes = [UInt8](try #require(files[name]))
    var reader = try CSVReader(SourceFile(name: name, bytes: bytes))
    var rows: [[String: String]] = []
    let columns = try reader.header.map { try reader.column($0) }
    while try reader.next() {
      rows.append(
        Dictionary(uniqueKeysWithValues: columns.map { ($0.name, reader.text($0)) }))
    }
    return (reader.header, rows)
  }

  @Test("every file is in the data package with its columns, and has the kinds of cells it says")
  func package() throws {
    let resources = try #require(Self.json("datapackage.json")["resources"]?.elements)
    let tables = Self.files.keys.filter { $0.hasSuffix(".csv") }.sorted()
    #expect(resources.compactMap { $0["path"]?.text }.sorted() == tables)
    for resource in resources {
      let path = try #require(resource["path"]?.text)
      let (header, rows) = try Self.table(path)
      let fields = try #require(resource["schema"]?["fields"]?.elements)
      #expect(header == fields.compactMap { $0["name"]?.text }, "\(path)")
      let kinds = fields.map { ($0["name"]?.text ?? "", $0["type"]?.text ?? "") }
      for row in rows {
        for (name, kind) in kinds {
          let cell = row[name] ?? ""
          #expect(Self.fits(cell, kind), "\(path): \(name) is \(cell), no \(kind)")
        }
      }
      let key = resource["schema"]?["primaryKey"]?.elements?.compactMap(\.text) ?? []
      let keys = rows.map { row in key.map { row[$0] ?? "" } }
      #expect(Set(keys).count == keys.count, "\(path) has two rows of one key")
      #expect(keys.allSatisfy { !$0.contains("") }, "\(path) has an empty key")
    }
  }

  private static func fits(_ cell: String, _ kind: String) -> Bool {
    if cell.isEmpty { return true }
    switch kind {
    case "integer": return Int64(cell) != nil
    case "number": return Double(cell)?.isFinite == true
    case "boolean": return cell == "true" || cell == "false"
    default: return kind == "string"
    }
  }

  @Test("runs.csv has the columns that were promised, in their order")
  func runs() throws {
    let (header, rows) = try Self.table("runs.csv")
    let names = Metric.allCases.map(\.name)
    #expect(
      header == ["policy", "point", "replication", "seed", "saturated"] + names
        + ["paid_share_window", "paid_share_credits"])
    #expect(
      rows.map { $0["policy"] }
        == Array(repeating: ["hard-stop", "waterfall"], count: 3).flatMap { $0 })
    #expect(rows.allSatisfy { $0["seed"] == "20261122" })
    for row in rows {
      let isWaterfall = row["policy"] == "waterfall"
      #expect(row["paid_share_credits"]?.isEmpty == !isWaterfall)
      let shares = ["paid_share_window", "paid_share_credits"].map { Double(row[$0] ?? "") ?? 0 }
      #expect((shares[0] + shares[1] - 1).magnitude < 1e-12)
    }
  }

  @Test("populations add up to runs, and the timeline to what it covers")
  func sums() throws {
    let runs = try Self.table("runs.csv").rows
    let populations = try Self.table("populations.csv").rows
    #expect(populations.count == 2 * runs.count)
    for (index, run) in runs.enumerated() {
      for metric in ["intents", "attempts", "completed", "denied", "accounts"] {
        let parts = populations[(2 * index)..<(2 * index + 2)].map { Int($0[metric] ?? "") ?? 0 }
        #expect(run[metric] == String(parts[0] + parts[1]), "\(metric)")
      }
    }
    #expect(Set(populations.map { $0["plan"] }) == ["free", "plus"])
    let timeline = try Self.table("timeline.csv").rows
    #expect(timeline.count == 6 * runs.count)
    #expect(timeline.prefix(6).map { $0["start_s"] } == ["0", "10", "20", "30", "40", "50"])
    #expect(timeline.allSatisfy { $0["capacity_mean"] == "3" })
    // Measured are the intents that are first attempted after the warm-up of one interval.
    let offered = timeline[1..<6].map { Int($0["offered"] ?? "") ?? 0 }.reduce(0, +)
    #expect(runs[0]["intents"] == String(offered))
  }

  @Test("what layers refused is what was denied, and the parts of usage are all attempts")
  func layers() throws {
    let runs = try Self.table("runs.csv").rows
    let layers = try Self.table("layers.csv").rows
    #expect(layers.prefix(2).map { $0["layer"] } == ["window", "(queue)"])
    #expect(layers[0]["type"] == "fixedWindow")
    for run in runs {
      let own = layers.filter {
        $0["policy"] == run["policy"] && $0["replication"] == run["replication"]
      }
      let ofEveryone = own.filter { $0["population"] == "(all)" }
      #expect(ofEveryone.count < own.count, "each population has rows of its own")
      for rows in [ofEveryone, own.filter { $0["population"] != "(all)" }] {
        let refused = rows.compactMap { Int($0["refused"] ?? "") }.reduce(0, +)
        #expect(run["denied"] == String(refused))
      }
    }
    let attempts = try Self.table("timeline.csv").rows.compactMap { Int($0["attempts"] ?? "") }
    let used = try Self.table("usage.csv").rows.compactMap { Int($0["attempts"] ?? "") }
    #expect(used.reduce(0, +) == attempts.reduce(0, +))
  }

  @Test("accounts add up to runs")
  func accounts() throws {
    let (_, rows) = try Self.table("accounts.csv")
    let runs = try Self.table("runs.csv").rows
    #expect(
      rows.prefix(6).map { $0["population"] } == [
        "light", "light", "light", "light", "heavy", "heavy",
      ])
    let intents = rows.prefix(6).compactMap { Int($0["intents"] ?? "") }.reduce(0, +)
    #expect(runs[0]["intents"] == String(intents))
  }

  @Test("the comparison agrees with the runs")
  func comparison() throws {
    let (_, rows) = try Self.table("comparison.csv")
    let runs = try Self.table("runs.csv").rows
    let row = try #require(
      rows.first { $0["metric"] == "completed" && $0["policy"] == "waterfall" })
    let own = runs.filter { $0["policy"] == "waterfall" }.compactMap {
      Double($0["completed"] ?? "")
    }
    let base = runs.filter { $0["policy"] == "hard-stop" }.compactMap {
      Double($0["completed"] ?? "")
    }
    let difference = (own.reduce(0, +) - base.reduce(0, +)) / 3
    #expect(row["n"] == "3")
    #expect((Double(row["difference_mean"] ?? "") ?? 0) - difference < 1e-9)
    #expect(rows.filter { $0["baseline"] == "true" }.allSatisfy { $0["policy"] == "hard-stop" })
    #expect(rows.filter { $0["baseline"] == "true" }.allSatisfy { $0["verdict"] == "" })
    #expect(Set(rows.filter { $0["primary"] == "true" }.map { $0["metric"] }) == ["served_share"])
  }

  @Test("the manifest lists every file by digest, and holds the whole scenario")
  func manifest() throws {
    let manifest = try Self.json("manifest.json")
    let listed = try #require(manifest["files"]?.elements)
    let own = ["manifest.json", "provenance.json"]
    #expect(
      listed.compactMap { $0["name"]?.text }.sorted()
        == Self.files.keys.filter { !own.contains($0) }.sorted())
    for file in listed {
      let data = try #require(Self.files[file["name"]?.text ?? ""])
      var digest = SHA256()
      digest.update([UInt8](data))
      #expect(file["sha256"]?.text == digest.hexadecimalDigest())
      #expect(file["bytes"] == .number(data.count))
    }
    #expect(manifest["command"]?.text == "weir run tiny.json")
    #expect(manifest["seed"]?.text == "20261122")
    #expect(manifest["complete"] == true)
    let scenario = try #require(manifest["scenario"])
    let again = try TinyScenario.file(JSONWriter.pretty(scenario))
    #expect(again.scenario.policies.map(\.name) == ["hard-stop", "waterfall"])
  }

  @Test("files are lines that end with a line feed, and in UTF-8")
  func lines() {
    for (name, data) in Self.files {
      #expect(data.last == UInt8(ascii: "\n"), "\(name)")
      #expect(!data.contains(UInt8(ascii: "\r")), "\(name)")
      #expect(String(data: data, encoding: .utf8) != nil, "\(name)")
    }
  }
}
