import WeirAccess
import WeirFormats
import WeirKernel
import WeirSimulation

/// What happens to an account, in words.
struct StoryWords {
  /// The layers of the policy, in the order of its stack.
  let layers: [NamedLayer]
  /// The layers that pay, as indices into the stack.
  let payers: [Int]
  /// The names of products, models and operations.
  let directory: Directory

  init(_ policy: Policy, _ directory: Directory) {
    layers = policy.layers
    self.directory = directory
    let roles = policy.layers.map(\.layer.role)
    payers =
      roles.indices.filter { roles[$0] == .allowance }
      + roles.indices.filter { roles[$0] == .fund }
  }

  /// What the account asked for.
  func question(_ decision: StoryDecision) -> String {
    let intent = decision.intent
    let product = directory.products[Int(intent.product)]
    var details = ["session \(intent.session)"]
    if intent.turn > 0 || intent.call > 0 {
      details.append("turn \(intent.turn), call \(intent.call)")
    }
    if directory.models.count > 1 { details.append(directory.models[Int(intent.model)]) }
    if directory.operations.count > 1 {
      details.append(directory.operations[Int(intent.demand.operation)])
    }
    let again = decision.attempt == 0 ? "asks" : "asks again (try \(decision.attempt + 1))"
    return "\(again) for \(AmountText.text(intent.estimate)) of \(product)"
      + " (\(details.joined(separator: ", ")))"
  }

  /// What a layer said to it.
  func answer(_ answer: LayerAnswer) -> String {
    var text = layers[answer.layer].layer.role == .gate ? passage(answer) : payment(answer)
    if answer.quote.delay > .zero { text += ", after \(span(answer.quote.delay))" }
    if let refusal = answer.quote.refusal { text += ": \(reason(refusal))" }
    if let meter = answer.meter { text += "; \(left(meter))" }
    return text
  }

  private func passage(_ answer: LayerAnswer) -> String {
    answer.quote.refusal == nil ? "lets it pass" : "refuses"
  }

  private func payment(_ answer: LayerAnswer) -> String {
    let asked = AmountText.text(answer.asked)
    if answer.quote.refusal == nil { return "pays \(asked)" }
    return answer.quote.payable == .zero
      ? "pays nothing of \(asked)"
      : "pays \(NumberText.grouped(answer.quote.payable.count)) of \(asked)"
  }

  private func left(_ meter: WeirAccess.Meter) -> String {
    guard let remaining = meter.remaining else { return "no limit" }
    let limit = meter.limit.map { " of \(NumberText.grouped($0.count))" } ?? ""
    let reset = meter.resetAfter.map { $0 > .zero ? ", full in \(span($0))" : "" } ?? ""
    return "\(NumberText.grouped(remaining.count))\(limit) left\(reset)"
  }

  /// What was decided.
  func decision(_ decision: Decision) -> String {
    switch decision.outcome {
    case .admit, .downgrade:
      var text = decision.outcome.rawValue + paid(decision.shares)
      if let refusal = decision.refusal {
        text +=
          "; only \(AmountText.text(decision.granted)): \(refuser(decision)),"
          + " \(reason(refusal))"
      }
      return text
    case .hold:
      let keeper = decision.heldBy.map { " by \(layers[$0].name)" } ?? ""
      return "hold for \(span(decision.delay))\(keeper)" + paid(decision.shares)
    case .deny:
      let counted = decision.shares.total > .zero ? "; counted" + paid(decision.shares) : ""
      let why = decision.refusal.map { ": \(reason($0))" } ?? ""
      return "deny by \(refuser(decision))\(why)\(counted)"
    }
  }

  private func refuser(_ decision: Decision) -> String {
    decision.refusedBy.map { layers[$0].name } ?? "the full queue of the fleet"
  }

  private func reason(_ refusal: Refusal) -> String {
    let wait = refusal.retryAfter.map { "passes in \(span($0))" } ?? "waiting does not help"
    return "\(refusal.reason.rawValue), \(wait)"
  }

  /// Who pays how much, such as `, paid by window 3, credits 2`; nothing when nobody does.
  private func paid(_ shares: Shares) -> String {
    let parts = payers.indices.filter { shares[$0] > .zero }.map {
      "\(layers[payers[$0]].name) \(NumberText.grouped(shares[$0].count))"
    }
    return parts.isEmpty ? "" : ", paid by " + parts.joined(separator: ", ")
  }

  /// What happened, unless it is a decision.
  func text(_ kind: StoryEvent.Kind, at now: SimTime) -> String {
    switch kind {
    case .decision: ""
    case .retry(let time): "will try again in \(span(time - now))"
    case .checkout(let time): "buys credits, which will be there in \(span(time - now))"
    case .queue(let ahead): ahead == 0 ? "waits, the next in the queue" : "waits behind \(ahead)"
    case .start(let waited):
      waited == .zero ? "starts at once" : "starts after \(span(waited)) in the queue"
    case .completion(let actual, let settled, let latency):
      "completes after \(span(latency)) in all: used \(AmountText.text(actual))"
        + paid(settled.shares) + overrun(settled.overrun)
    case .ending(.deniedForGood): "is given up"
    case .ending(.abandoned): "leaves, out of patience"
    case .ending(.failed): "fails, and pays nothing"
    case .ending(.completed): "completes"
    case .charge(let charge):
      "\(layers[Int(charge.layer)].name) is charged \(amount(charge.amount, charge.measure)) for"
        + " \(AmountText.text(charge.units)), due "
        + (charge.due == .distantFuture ? "on delivery" : "in \(span(charge.due - charge.at))")
    case .balance(let update): balance(update)
    case .plan(let plan): "goes over to plan \(directory.plans[Int(plan)].name)"
    }
  }

  private func overrun(_ units: Units) -> String {
    units > .zero ? ", overrun \(NumberText.grouped(units.count))" : ""
  }

  private func balance(_ update: BalanceUpdate) -> String {
    let words =
      switch update.kind {
      case .initial: "begins with"
      case .purchase: "bought"
      case .grant: "granted"
      case .debit: "debited"
      case .overshootRefund: "refunded"
      case .advance: "advanced"
      case .forgiveness: "forgiven"
      case .repayment: "repaid"
      case .expiry: "expired"
      }
    let amount = amount(update.amount < .zero ? -update.amount : update.amount, update.measure)
    let after = update.balance.map { "; balance \(self.amount($0, update.measure))" } ?? ""
    return "\(layers[Int(update.layer)].name): \(words) \(amount)\(after)"
  }

  private func amount(_ amount: Credits, _ measure: Measure) -> String {
    measure == .units ? AmountText.text(Units(amount.micro)) : AmountText.text(amount)
  }

  private func span(_ duration: SimDuration) -> String {
    NumberText.duration(nanoseconds: duration.nanoseconds)
  }
}
