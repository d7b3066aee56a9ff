/// The money of a study, recomputed from its three event files alone.
///
/// For each run, usage events, monetization events and balance updates are held against one
/// another, and every balance is added up again. Nothing but the files is looked at: neither the
/// scenario nor the code that wrote them.
///
/// Complexity: one pass over the files, which are held in memory, with every request remembered.
public struct ResultAudit: Sendable {
  /// The runs, in the order in which the files name them.
  public let runs: [AuditedRun]

  init(_ runs: [AuditedRun]) { self.runs = runs }

  /// The first discrepancy of each run that has one.
  public var findings: [AuditFinding] { runs.compactMap(\.finding) }

  /// What agrees, or how much does not, in one sentence.
  public var summary: String {
    let wrong = findings.count
    guard wrong == 0 else { return "\(wrong) of \(runs.count) runs do not add up." }
    func sum(_ value: (AuditedRun) -> Int) -> Int { runs.reduce(0) { $0 + value($1) } }
    return "\(sum(\.usageEvents)) usage events, \(sum(\.monetizationEvents)) monetization events"
      + " and \(sum(\.balanceUpdates)) balance updates of \(sum(\.accounts)) accounts with"
      + " \(sum(\.balances)) balances in \(runs.count) runs agree."
  }
}

/// What the event files say of one run.
public struct AuditedRun: Sendable, Equatable {
  /// The run in one word: `waterfall/base/3`.
  public let id: String
  /// The usage events read.
  public internal(set) var usageEvents = 0
  /// The monetization events read.
  public internal(set) var monetizationEvents = 0
  /// The balance updates read.
  public internal(set) var balanceUpdates = 0
  /// The accounts that used something or whose balance changed.
  public internal(set) var accounts = 0
  /// The balances that were recomputed.
  public internal(set) var balances = 0
  /// The first thing that is wrong; `nil` when all agrees.
  public internal(set) var finding: AuditFinding?
}

/// Something in the event files of a run that does not add up, and where it stands.
public struct AuditFinding: Sendable, Equatable, CustomStringConvertible {
  /// The run.
  public let run: String
  /// The file.
  public let file: String
  /// The line in the file, from 1.
  public let line: Int
  /// What is wrong, in one sentence with the numbers.
  public let text: String

  /// The place, the run and what is wrong.
  public var description: String { "\(file):\(line): \(run): \(text)" }
}
