import WeirFormats

/// The accounts of a file, by name in the order of appearance, with what they belong to.
struct DecideAccounts {
  private var indices: [String: AccountIndex] = [:]
  private(set) var plans: [PlanIndex] = []
  private(set) var organisations = AccountGroups()
  private(set) var teams = AccountGroups()

  init(_ source: SourceFile, plans known: [Plan]) throws(ScenarioIssue) {
    var rows = try CSVReader(source)
    let account = try rows.column("account")
    let plan = rows.columnIfPresent("plan")
    let organisation = rows.columnIfPresent("organisation")
    let team = rows.columnIfPresent("team")
    while try rows.next() {
      let name = rows.text(account)
      guard indices[name] == nil else { continue }
      indices[name] = AccountIndex(plans.count)
      var index = 0
      if let plan, !rows.isEmpty(plan) {
        index = try rows.index(plan, among: known.map(\.name))
      }
      plans.append(PlanIndex(index))
      let names = [organisation, team].map { $0.map { rows.text($0) } ?? "" }
      organisations.append(1, to: names[0].isEmpty ? [] : [names[0]])
      teams.append(1, to: names[0].isEmpty ? [] : names)
    }
  }

  subscript(name: String) -> AccountIndex { indices[name] ?? 0 }
}
