import WeirAccess
import WeirKernel

/// A layer with one account, driven through the layer protocol.
struct OneAccount<Limit: Layer> {
  var layer: Limit
  let request = Request(account: 0, cost: 0)

  init(_ layer: Limit, at time: Int64 = 0) {
    self.layer = layer
    self.layer.prepare(for: .alike(accounts: 1))
    self.layer.open(0, plan: 0, with: AccountStart(organisation: 0))
  }

  func quote(_ cost: Int64, at time: Int64) -> Quote {
    layer.quote(
      Units(cost), of: Request(account: 0, cost: Units(cost)), at: SimTime(nanoseconds: time),
      .none)
  }

  /// Takes all of the cost or nothing; `nil` when it was taken, else why not.
  mutating func take(_ cost: Int64, at time: Int64) -> Refusal? {
    let quote = quote(cost, at: time)
    if quote.refusal == nil { force(cost, at: time) }
    return quote.refusal
  }

  /// Takes as much of the cost as is paid.
  mutating func takeAtMost(_ cost: Int64, at time: Int64) -> Int64 {
    let quote = quote(cost, at: time)
    force(quote.payable.count, at: time)
    return quote.payable.count
  }

  /// Commits without asking.
  mutating func force(_ cost: Int64, at time: Int64) {
    layer.commit(
      Units(cost), of: Request(account: 0, cost: Units(cost)), at: SimTime(nanoseconds: time))
  }

  mutating func settle(_ share: Int64, takenAt: Int64, to actual: Int64, at time: Int64) {
    layer.settle(
      Hold(share: Units(share), committedAt: SimTime(nanoseconds: takenAt)),
      to: Units(actual), of: request, at: SimTime(nanoseconds: time))
  }

  func meter(at time: Int64) -> (limit: Int64, remaining: Int64, reset: Int64) {
    let meter = layer.meter(for: request, at: SimTime(nanoseconds: time))
    return (
      meter?.limit?.count ?? -1, meter?.remaining?.count ?? -1,
      meter?.resetAfter?.nanoseconds ?? -1
    )
  }
}

extension Refusal {
  var wait: Int64? { retryAfter?.nanoseconds }
}
