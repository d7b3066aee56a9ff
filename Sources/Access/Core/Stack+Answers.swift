public import WeirKernel

/// What one layer says to a request before anything is taken: the reason behind a decision.
public struct LayerAnswer: Sendable {
  /// The layer, as an index into the stack.
  public var layer: Int
  /// What it was asked for: the whole cost for a gate, what earlier payers leave for others.
  public var asked: Units
  /// What it would do.
  public var quote: Quote
  /// What the account sees of it; `nil` when it shows nothing.
  public var meter: Meter?
}

extension Stack {
  /// The answers of all layers that a decision on `request` would ask, in the order of asking.
  ///
  /// Every gate is asked. If all let the request pass, payers are asked until one pays all that is
  /// left. Nothing changes.
  public func answers(
    to request: Request, at now: SimTime, _ signals: Signals
  ) -> [LayerAnswer] {
    var answers: [LayerAnswer] = []
    func ask(_ layer: Int, _ cost: Units) -> Quote {
      let quote = storage.at(layer).quote(cost, of: request, at: now, signals)
      answers.append(
        LayerAnswer(
          layer: layer, asked: cost, quote: quote,
          meter: storage.at(layer).meter(for: request, at: now)))
      return quote
    }
    var passes = true
    for gate in gates where applies(gate, to: request.product) {
      if ask(gate, request.cost).refusal != nil { passes = false }
    }
    guard passes else { return answers }
    var rest = request.cost
    for payer in payers where applies(payer, to: request.product) {
      let quote = ask(payer, rest)
      rest -= quote.payable
      if quote.refusal == nil { break }
    }
    return answers
  }
}
