import Weir

/// A gate that leaves at least `gap` between two admissions of an account.
struct MinimumGap: Layer {
  static let typeName = "minimumGap"
  static let summary = "At least so much time between two admissions of an account."

  let gap: SimDuration
  private var openAt: [SimTime] = []

  var role: Role { .gate }

  init(_ fields: Fields) {
    gap = fields.value("gap", .span, default: .minutes(1), "The time between two admissions.")
  }

  mutating func prepare(for directory: Directory) {
    openAt = Array(repeating: .zero, count: directory.accounts)
  }

  func quote(_ cost: Units, of request: Request, at now: SimTime, _ signals: Signals) -> Quote {
    let wait = openAt[Int(request.account)] - now
    return cost == .zero || wait <= .zero ? .pays(cost) : .short(.limit, retryAfter: wait)
  }

  mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    if share > .zero { openAt[Int(request.account)] = now + gap }
  }

  mutating func settle(_ hold: Hold, to actual: Units, of request: Request, at now: SimTime) {
    let isLast = openAt[Int(request.account)] == hold.committedAt + gap
    if actual == .zero, isLast { openAt[Int(request.account)] = hold.committedAt }
  }
}
