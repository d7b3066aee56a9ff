import WeirFormats
import WeirLab
import WeirSimulation

/// Where credits came from and where they went.
extension ReportPage {
  /// The section of the money; nothing where no policy has balances.
  func money(_ section: inout Markup) {
    let policies = figures.ordered.filter { credits(.openingCredits, $0) != nil }
    guard !policies.isEmpty else { return }
    let flows = Self.flows.filter { flow in
      flow.isAlways || policies.contains { credits(flow.metric, $0) ?? 0 != 0 }
    }
    section.paragraph(
      "Credits in a run, from the start of the measured time to its end"
        + (results.isAboutSome ? ", of the ordinary accounts" : "")
        + ". Each row adds up, but for rounding: what balances hold at the start, plus what comes,"
        + " less what goes, is what they hold at the end. What is spent comes out of starting balances"
        + " too, so that only what is bought is income. What a credit is worth in money is not"
        + " modelled.", "faint")
    section.table(
      "",
      head: [TableHead(label: "policy")]
        + flows.map {
          TableHead(label: $0.words, unit: "credits", meaning: $0.metric.definition.text)
        },
      rows: policies.map { policy in
        [.text(facts.policies[policy])] + flows.map { flowCell($0, policy) }
      }, stacks: true)
    let drained = policies.filter {
      (credits(.closingCredits, $0) ?? 0) < (credits(.openingCredits, $0) ?? 0) * 0.99
    }
    if !drained.isEmpty {
      let parts = drained.map { policy in
        let start = credits(.openingCredits, policy) ?? 0
        let loss = (1 - (credits(.closingCredits, policy) ?? 0) / start) * 100
        return "\(facts.policies[policy]) by \(NumberText.fixed(loss, digits: 0)) %"
      }
      section.paragraph(
        "Balances fall in the measured time, under \(Findings.list(parts)): more is spent than comes"
          + " in, which does not go on for ever.")
    }
    perAccount(policies, &section)
  }

  /// One way in which credits come or go.
  private struct Flow {
    let metric: Metric
    let words: String
    var sign = ""
    var isAlways = false
  }

  private static let flows = [
    Flow(metric: .openingCredits, words: "when measuring begins", isAlways: true),
    Flow(metric: .purchasedCredits, words: "bought", sign: "+", isAlways: true),
    Flow(metric: .grantedCredits, words: "granted", sign: "+"),
    Flow(metric: .forgiven, words: "debts forgiven", sign: "+"),
    Flow(metric: .revenue, words: "spent", sign: "−", isAlways: true),
    Flow(metric: .expired, words: "expired", sign: "−"),
    Flow(metric: .closingCredits, words: "at the end", sign: "=", isAlways: true),
  ]

  private func credits(_ metric: Metric, _ policy: Int) -> Double? {
    results.comparison(metric, policy: policy)?.mean
  }

  private func flowCell(_ flow: Flow, _ policy: Int) -> TableCell {
    guard let row = results.comparison(flow.metric, policy: policy), let mean = row.mean else {
      return .text("–", "faint")
    }
    var body = Markup()
    if !flow.sign.isEmpty { body.element("i", text: flow.sign + "\u{A0}") }
    body.element("b", text: NumberText.grouped(mean / 1e6, digits: 0))
    if let half = row.halfWidth, half > 0 {
      body.text(" ")
      body.element("i", text: "±" + NumberText.grouped(half / 1e6, digits: 0))
    }
    return TableCell(body: body, className: "n")
  }

  /// The same for an account of each population.
  private func perAccount(_ policies: [Int], _ section: inout Markup) {
    let rows = policies.flatMap { policy in
      results.populations.compactMap { population -> [TableCell]? in
        func each(_ metric: Metric, _ scale: Double) -> MeanInterval? {
          let metrics = population.metrics
          let values = zip(
            metrics.values(of: metric, policy: policy, point: results.point),
            metrics.values(of: .accounts, policy: policy, point: results.point))
          return MeanInterval(
            all: values.map { Figures.quotient($0, $1).map { $0 * scale } })
        }
        let cells = [
          (Metric.openingCredits, 1e-6), (.buyers, 100), (.purchasedCredits, 1e-6),
          (.revenue, 1e-6), (.closingCredits, 1e-6),
        ].map { each($0, $1) }
        guard cells.contains(where: { $0.map { $0.mean != 0 } ?? false }) else { return nil }
        return [.text(facts.policies[policy]), .text(population.name)]
          + cells.map { .estimate($0?.mean, halfWidth: $0?.halfWidth, verdict: nil) }
      }
    }
    guard !rows.isEmpty else { return }
    section.table(
      "The same for an account of each population: a mean over all its accounts, those that spend"
        + " nothing included",
      head: [
        TableHead(label: "policy"), TableHead(label: "population"),
        TableHead(label: "when measuring begins", unit: "credits an account"),
        TableHead(label: "accounts that buy", unit: "%"),
        TableHead(label: "bought", unit: "credits an account"),
        TableHead(label: "spent", unit: "credits an account"),
        TableHead(label: "at the end", unit: "credits an account"),
      ], rows: rows, stacks: true)
  }
}
