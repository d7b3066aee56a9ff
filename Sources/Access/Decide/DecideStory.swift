import WeirFormats
import WeirKernel

/// The answers of a ``DecideSession`` in words, each with the state of every layer after it.
struct DecideStory {
  private(set) var text = ""

  /// Tells one answer, and what the layers show to its account afterwards.
  mutating func append(_ answer: DecideAnswer, _ states: [LayerState]) {
    let row = answer.row
    let cost = row.operation.needsCost ? " \(row.cost)" : ""
    text += "row \(row.number) at \(words(row.time - .zero)): \(row.name) "
    text += "\(row.operation.rawValue)\(cost): \(words(answer))\n"
    let width = states.map(\.name.count).max() ?? 0
    for state in states {
      let name = state.name + String(repeating: " ", count: width - state.name.count)
      let role = state.role.rawValue
      let space = String(repeating: " ", count: "allowance".count - role.count)
      text += "  \(name)  \(role)\(space)  \(words(state))\n"
    }
  }

  private func words(_ answer: DecideAnswer) -> String {
    var words = answer.outcome
    if let granted = answer.granted { words += " \(granted.count)" }
    if let shares = answer.sharesText, !shares.isEmpty { words += " (\(shares))" }
    if let reason = answer.reason { words += ", \(reason)" }
    if let wait = answer.wait { words += ", in \(self.words(wait))" }
    return words
  }

  private func words(_ state: LayerState) -> String {
    guard state.applies else { return "not for this product" }
    var parts: [String] = []
    if let meter = state.meter {
      let remaining = meter.remaining.map { String($0.count) } ?? "all"
      parts.append(remaining + (meter.limit.map { " of \($0.count)" } ?? "") + " left")
      if let reset = meter.resetAfter, reset > .zero { parts.append("full in \(words(reset))") }
    }
    if let limit = state.limitInForce { parts.append("limit in force \(limit.count)") }
    if let balance = state.balance {
      parts.append("balance \(NumberText.millionths(balance.micro, separator: "")) credits")
    }
    if state.isFlagged { parts.append("flagged") }
    parts.append("1 more: \(words(state.next, state.role))")
    return parts.joined(separator: ", ")
  }

  private func words(_ quote: Quote, _ role: Role) -> String {
    if let refusal = quote.refusal {
      let wait = refusal.retryAfter.map { ", passes in \(words($0))" } ?? ""
      return "\(refusal.reason.rawValue)\(wait)"
    }
    if quote.delay > .zero { return "kept for \(words(quote.delay))" }
    return role == .gate ? "passes" : "pays"
  }

  private func words(_ span: SimDuration) -> String { DurationText.text(span.nanoseconds) }
}
