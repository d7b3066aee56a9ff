import Foundation
import Testing
import WeirFormats

@testable import WeirLab

/// The event files of a small study, against its other files and one another.
@Suite struct EventFilesTests {
  static let names = [
    "balance_updates.csv", "decisions.csv", "monetization_events.csv", "usage_events.csv",
  ]

  private func of(_ run: [String: String]) -> ([String: String]) -> Bool {
    { $0["policy"] == run["policy"] && $0["replication"] == run["replication"] }
  }

  private func sum(_ rows: [[String: String]], _ column: String) -> Int {
    rows.reduce(0) { $0 + (Int($1[column] ?? "") ?? 0) }
  }

  @Test("they are written on request only, and the other files are the same without them")
  func onRequest() throws {
    let scratch = try Scratch()
    let study = try EventScenario.study()
    let options = StudyOptions(
      jobs: 1, folder: scratch.path + "/events", writesAccounts: true, for: study)
    let folder = try #require(try StudyRunner.run(study, options).folder)
    let plain = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(EventScenario.files.keys).subtracting(plain) == Set(Self.names))
    for name in plain where name.hasSuffix(".csv") {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      #expect(text == EventScenario.files[name], "\(name)")
    }
  }

  @Test("they are in the data package with their columns, and their keys are keys")
  func package() throws {
    let text = try #require(EventScenario.files["datapackage.json"])
    let package = try #require(JSONNode.parse(SourceFile(name: "package", text: text)).node)
    for name in Self.names {
      let resource = try #require(
        package["resources"]?.elements?.first { $0["path"]?.text == name })
      let rows = try EventScenario.rows(name)
      let fields = resource["schema"]?["fields"]?.elements?.compactMap { $0["name"]?.text } ?? []
      #expect(rows.allSatisfy { Set($0.keys) == Set(fields) })
      let key = resource["schema"]?["primaryKey"]?.elements?.compactMap(\.text) ?? []
      let keys = rows.map { row in key.map { row[$0] ?? "" } }
      #expect(key.count > 3)
      #expect(Set(keys).count == keys.count, "\(name) has two rows of one key")
      #expect(keys.allSatisfy { !$0.contains("") }, "\(name) has an empty key")
    }
  }

  @Test("the decisions are the attempts of the metrics, and their shares are what is granted")
  func decisions() throws {
    let decisions = try EventScenario.rows("decisions.csv")
    for run in try EventScenario.rows("runs.csv") {
      let own = decisions.filter(of(run))
      let measured = own.filter { $0["measured"] == "true" }
      #expect(run["attempts"] == String(measured.count))
      for (outcome, metric) in [("admit", "admitted"), ("deny", "denied")] {
        #expect(run[metric] == String(measured.count { $0["outcome"] == outcome }))
      }
      #expect(run["intents"] == String(measured.count { $0["attempt"] == "0" }))
      let times = own.map { Double($0["at_s"] ?? "") ?? -1 }
      #expect(times == times.sorted())
    }
    #expect(Set(decisions.map { $0["refused_by"] }).isSuperset(of: ["window", "(queue)", ""]))
    for row in decisions {
      let shares = (row["shares"] ?? "").split(separator: ";").map {
        Int($0.split(separator: ":")[1]) ?? -1
      }
      #expect(row["granted"] == String(shares.reduce(0, +)))
      let isRefused = row["outcome"] == "deny"
      #expect(row["granted"] == (isRefused ? "0" : row["estimate"]))
      #expect((row["reason"] == "") == !isRefused)
      #expect((row["refused_by"] == "") == !isRefused)
    }
  }

  @Test("what a layer had left is what it had before, less what it pays")
  func remaining() throws {
    let rows = try EventScenario.rows("decisions.csv").filter { $0["policy"] == "stop" }
    func left(_ row: [String: String]) -> Int? {
      (row["remaining"] ?? "").split(separator: ":").last.flatMap { Int($0) }
    }
    let first = try #require(rows.first { $0["outcome"] == "admit" && left($0) != nil })
    #expect(first["remaining"]?.hasPrefix("window:") == true)
    for row in rows where row["reason"] == "limit" {
      let estimate = try #require(Int(row["estimate"] ?? ""))
      #expect(try #require(left(row)) < estimate, "a window refuses what it has not left")
    }
  }

  @Test("the ledger's files are the usage, the revenue and the purchases of the metrics")
  func ledger() throws {
    let usage = try EventScenario.rows("usage_events.csv")
    let charges = try EventScenario.rows("monetization_events.csv")
    let updates = try EventScenario.rows("balance_updates.csv")
    #expect(Set(charges.map { $0["layer"] }) == ["shared", "own"])
    #expect(Set(charges.map { $0["policy"] }) == ["waterfall"])
    for run in try EventScenario.rows("runs.csv") where run["policy"] == "waterfall" {
      let own = updates.filter(of(run)).filter { Double($0["at_s"] ?? "") ?? 0 >= 10 }
      let debits = own.filter { $0["kind"] == "debit" }
      let refunds = own.filter { $0["kind"] == "overshootRefund" }
      let purchases = own.filter { $0["kind"] == "purchase" }
      #expect(!refunds.isEmpty && !purchases.isEmpty, "a run without them shows little")
      #expect(run["purchases"] == String(purchases.count))
      #expect(run["purchased_credits"] == String(sum(purchases, "amount")))
      #expect(run["refunded_overshoot"] == String(sum(refunds, "amount")))
      #expect(run["revenue"] == String(-sum(debits, "amount") - sum(refunds, "amount")))
      #expect(
        -sum(updates.filter(of(run)).filter { $0["kind"] == "debit" }, "amount")
          == sum(charges.filter(of(run)), "amount"))
    }
    // Each request that the stack decided and the run ended has one usage event, but for those in
    // flight at the end; the full queue is refused before the stack is asked.
    let decided = try EventScenario.rows("decisions.csv").filter { $0["reason"] != "queueFull" }
    #expect(usage.count <= decided.count && usage.count > decided.count - 20)
  }
}
