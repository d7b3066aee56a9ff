import Testing
import WeirFormats

@testable import WeirLab

@Suite struct ResultAuditTests {
  static let usage = "usage_events.csv"
  static let charges = "monetization_events.csv"
  static let updates = "balance_updates.csv"

  /// The event files as lines, to be changed.
  struct Files {
    var lines: [String: [String]]

    init() {
      lines = [:]
      for name in [usage, charges, updates] {
        let text = EventScenario.files[name] ?? ""
        lines[name] = text.split(separator: "\n").map(String.init)
      }
    }

    func column(_ name: String, of file: String) -> Int {
      lines[file]?[0].split(separator: ",").firstIndex { $0 == name } ?? -1
    }

    func cell(_ name: String, _ file: String, _ line: Int) -> String {
      let cells = lines[file]?[line - 1].split(separator: ",", omittingEmptySubsequences: false)
      return cells.map { String($0[column(name, of: file)]) } ?? ""
    }

    /// The number, from 1, of the first line of `file` for which `test` holds.
    func line(_ file: String, where test: (Int) -> Bool) throws -> Int {
      let found = (2...(lines[file]?.count ?? 2)).first(where: test)
      return try #require(found)
    }

    mutating func set(_ name: String, _ file: String, _ line: Int, to value: String) {
      var cells = lines[file]?[line - 1].split(
        separator: ",", omittingEmptySubsequences: false
      ).map(String.init)
      cells?[column(name, of: file)] = value
      lines[file]?[line - 1] = (cells ?? []).joined(separator: ",")
    }

    mutating func add(_ amount: Int, to name: String, _ file: String, _ line: Int) {
      set(name, file, line, to: String((Int(cell(name, file, line)) ?? 0) + amount))
    }

    func audit() throws(AuditFailure) -> ResultAudit {
      var texts: [String: String] = [:]
      for (name, lines) in lines { texts["r/" + name] = lines.joined(separator: "\n") + "\n" }
      return try ResultAudit(folder: "r", reader: .texts(texts))
    }

    /// The only finding.
    func finding() throws -> AuditFinding {
      let findings = try audit().findings
      #expect(findings.count == 1, "\(findings)")
      return try #require(findings.first)
    }
  }

  @Test("the files of a study agree, run by run")
  func agrees() throws {
    let audit = try Files().audit()
    #expect(audit.findings == [])
    #expect(
      audit.runs.map(\.id) == [
        "stop/base/0", "waterfall/base/0", "stop/base/1", "waterfall/base/1",
      ])
    let waterfall = audit.runs[1]
    // Five balances of accounts, one of the team, two of the organisations of one.
    #expect(waterfall.balances == 5 + 3)
    #expect(waterfall.accounts == 5)
    let files = Files()
    let rows = [Self.usage, Self.charges, Self.updates].map { (files.lines[$0]?.count ?? 0) - 1 }
    #expect(audit.runs.reduce(0) { $0 + $1.usageEvents } == rows[0])
    #expect(audit.runs.reduce(0) { $0 + $1.monetizationEvents } == rows[1])
    #expect(audit.runs.reduce(0) { $0 + $1.balanceUpdates } == rows[2])
    #expect(
      audit.summary
        == "\(rows[0]) usage events, \(rows[1]) monetization events and \(rows[2]) balance updates"
        + " of 20 accounts with 16 balances in 4 runs agree.")
  }

  @Test("the files of another study's folder agree too when it has no money")
  func noMoney() throws {
    var files = Files()
    files.lines[Self.charges]?.removeSubrange(1...)
    files.lines[Self.updates]?.removeSubrange(1...)
    #expect(try files.audit().findings == [])
  }

  // MARK: Broken twins

  @Test("a second usage event of a request is named")
  func duplicateUsage() throws {
    var files = Files()
    let row = files.lines[Self.usage]?[9] ?? ""
    files.lines[Self.usage]?.insert(row, at: 10)
    let finding = try files.finding()
    #expect(finding.file == "r/usage_events.csv" && finding.line == 11)
    #expect(finding.text.hasSuffix("has two usage events"))
    #expect(finding.description.hasPrefix("r/usage_events.csv:11: stop/base/0: request "))
  }

  @Test("a charge of a request that was never used is named")
  func chargeWithoutUsage() throws {
    var files = Files()
    files.add(1000, to: "request", Self.charges, 5)
    let finding = try files.finding()
    #expect(finding.file == "r/monetization_events.csv" && finding.line == 5)
    #expect(finding.text.hasSuffix("is charged, but has no usage event"))
  }

  @Test("a charge that is not of the time of its use is named")
  func untimelyCharge() throws {
    var files = Files()
    files.set("at_s", Self.charges, 6, to: "1.5")
    let finding = try files.finding()
    #expect(finding.file == "r/monetization_events.csv" && finding.line == 6)
    #expect(finding.text.contains("it was settled at"))
  }

  @Test("a charge for more than was used is named")
  func chargedAboveUsage() throws {
    var files = Files()
    files.add(50, to: "units", Self.charges, 4)
    let finding = try files.finding()
    #expect(finding.file == "r/monetization_events.csv" && finding.line == 4)
    #expect(finding.text.contains("is charged for 5"))
  }

  @Test("a gap in the numbers of charges is named")
  func chargeOutOfSequence() throws {
    var files = Files()
    files.add(1, to: "sequence", Self.charges, 7)
    let finding = try files.finding()
    #expect(finding.file == "r/monetization_events.csv" && finding.line == 7)
    #expect(finding.text.contains("should be number"))
  }

  @Test("a debit that nothing waits for is named")
  func debitWithoutCharge() throws {
    var files = Files()
    let line = try files.line(Self.updates) { files.cell("kind", Self.updates, $0) == "debit" }
    files.add(1000, to: "request", Self.updates, line)
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == line)
    #expect(finding.text.hasSuffix("is not the next that is due"))
  }

  @Test("a debit of another amount than was charged is named, with the names of layers")
  func wrongDebit() throws {
    var files = Files()
    let line = try files.line(Self.updates) { files.cell("kind", Self.updates, $0) == "debit" }
    files.add(-1, to: "amount", Self.updates, line)
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == line)
    #expect(finding.text.contains("micro-credits, charged were"))
  }

  @Test("a debit at another time than it was due is named")
  func untimelyDebit() throws {
    var files = Files()
    files.set("due_s", Self.charges, 3, to: "59.5")
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv")
    #expect(finding.text.contains("it was due at"))
    #expect(
      files.cell("request", Self.updates, finding.line)
        == files.cell("request", Self.charges, 3))
  }

  @Test("a debit that is missing is named where it was charged")
  func missingDebit() throws {
    var files = Files()
    let count = try #require(files.lines[Self.updates]?.count)
    let last = try #require(
      (2...count).last { files.cell("kind", Self.updates, $0) == "debit" })
    let request = ["account", "request", "layer"].map { files.cell($0, Self.updates, last) }
    files.lines[Self.updates]?.removeSubrange((last - 1)...)
    let finding = try files.finding()
    #expect(finding.file == "r/monetization_events.csv")
    #expect(finding.text.hasSuffix("was never made"))
    #expect(
      ["account", "request", "layer"].map { files.cell($0, Self.charges, finding.line) }
        == request)
  }

  @Test("a refund that is not the overshoot is named")
  func wrongRefund() throws {
    var files = Files()
    let line = try files.line(Self.updates) {
      files.cell("kind", Self.updates, $0) == "overshootRefund"
    }
    files.add(1, to: "amount", Self.updates, line)
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == line)
    #expect(finding.text.contains("the overshoot was"))
  }

  @Test("an overshoot that was not refunded is named where it happened")
  func unrefundedOvershoot() throws {
    var files = Files()
    let line = try files.line(Self.updates) {
      files.cell("kind", Self.updates, $0) == "overshootRefund"
    }
    let balance = ["policy", "replication", "layer", "owner"]
    let owner = balance.map { files.cell($0, Self.updates, line) }
    let before = try #require(
      (2..<line).last { other in balance.map { files.cell($0, Self.updates, other) } == owner })
    files.lines[Self.updates]?.remove(at: line - 1)
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == before)
    #expect(finding.text.contains("stayed at -"))
  }

  @Test("an update that goes the wrong way is named")
  func wrongSign() throws {
    var files = Files()
    let line = try files.line(Self.updates) { files.cell("kind", Self.updates, $0) == "purchase" }
    files.set("amount", Self.updates, line, to: "-4000000")
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == line)
    #expect(finding.text.hasPrefix("an update of kind purchase changes balance"))
  }

  @Test("a balance that is not the sum of its updates is named")
  func wrongBalance() throws {
    var files = Files()
    let line = try files.line(Self.updates) { files.cell("kind", Self.updates, $0) == "purchase" }
    let layer = files.cell("layer", Self.updates, line)
    files.set("amount", Self.updates, line, to: "4000001")
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == line)
    #expect(finding.text.contains("of \(layer) is stated as"))
  }

  @Test("a gap in the numbers of updates is named")
  func updateOutOfSequence() throws {
    var files = Files()
    files.add(1, to: "update", Self.updates, 8)
    let finding = try files.finding()
    #expect(finding.file == "r/balance_updates.csv" && finding.line == 8)
    #expect(finding.text.contains("should be number"))
  }

  @Test("rows that are booked on another run are named")
  func scatteredRun() throws {
    var files = Files()
    files.set("policy", Self.usage, 20, to: "other")
    let finding = try files.finding()
    #expect(finding.file == "r/usage_events.csv" && finding.line == 21)
    #expect(finding.text == "rows of the run stand apart from its earlier ones")
  }

  @Test("findings are by run: one that is sound stays so")
  func byRun() throws {
    var files = Files()
    let line = try files.line(Self.charges) { files.cell("replication", Self.charges, $0) == "1" }
    files.add(50, to: "units", Self.charges, line)
    files.add(50, to: "units", Self.charges, 4)
    let audit = try files.audit()
    #expect(audit.findings.map(\.run) == ["waterfall/base/0", "waterfall/base/1"])
    #expect(audit.findings.map(\.line) == [4, line])
    #expect(audit.summary == "2 of 4 runs do not add up.")
  }

  // MARK: Files that cannot be audited

  @Test("a file that is not there is named")
  func missing() throws {
    var files = Files()
    files.lines[Self.charges] = nil
    guard case .missing(let path, _) = #expect(throws: AuditFailure.self, performing: files.audit)
    else {
      Issue.record("another failure")
      return
    }
    #expect(path == "r/monetization_events.csv")
  }

  @Test(
    "a cell that is no number, a column that is gone and an amount beyond bounds have a place",
    arguments: [
      (usage, "units", "many"), (charges, "due_s", "1.0000000001"), (updates, "kind", "gift"),
      (updates, "balance", "9000000000000000000"), (updates, "owner", "-1"),
    ])
  func malformed(_ file: String, _ column: String, _ value: String) throws {
    var files = Files()
    files.set(column, file, 3, to: value)
    guard case .invalid(let issue) = #expect(throws: AuditFailure.self, performing: files.audit)
    else {
      Issue.record("another failure")
      return
    }
    #expect(issue.position?.line == 3)
    #expect(issue.position?.file.name == "r/" + file)
    #expect(issue.column == column)
  }

  @Test("a column that is gone is named")
  func noColumn() throws {
    var files = Files()
    files.lines[Self.updates]?[0].replace("balance", with: "level")
    let failure = #expect(throws: AuditFailure.self, performing: files.audit)
    guard case .invalid(let issue) = failure else {
      Issue.record("another failure")
      return
    }
    #expect(issue.problem == .missingField(name: "balance", expected: "a column of that name"))
  }
}
