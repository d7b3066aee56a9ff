public import WeirKernel

/// An owner who is to be asked at a time whether it buys by itself.
@usableFromInline
struct PurchaseCheck: Sendable {
  @usableFromInline let at: SimTime
  @usableFromInline let layer: Int
  @usableFromInline let owner: OwnerIndex
  @usableFromInline let account: AccountIndex
}

/// The owners of one fund who are to be asked, each at most once, in the order of time.
///
/// Times come in order: they are the start of the run, and ends of the present period.
@usableFromInline
struct PurchaseChecks: Sendable {
  @usableFromInline let layer: Int
  private var isWaiting: [Bool]
  @usableFromInline var checks: [PurchaseCheck] = []
  @usableFromInline var head = 0

  init(layer: Int, owners: Int) {
    self.layer = layer
    isWaiting = Array(repeating: false, count: owners)
  }

  @inlinable
  var nextDue: SimTime { head < checks.count ? checks[head].at : .distantFuture }

  mutating func append(_ check: PurchaseCheck) {
    guard !isWaiting[Int(check.owner)] else { return }
    isWaiting[Int(check.owner)] = true
    if head > 64, head * 2 > checks.count {
      checks.removeFirst(head)
      head = 0
    }
    checks.append(check)
  }

  mutating func removeFirst() -> PurchaseCheck {
    head += 1
    isWaiting[Int(checks[head - 1].owner)] = false
    return checks[head - 1]
  }
}
