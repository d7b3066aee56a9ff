import WeirFormats

/// The plans that something is for: those named, or all.
struct PlanSet: Sendable {
  /// The plans named; `nil` for all.
  let names: [Located<String>]?
  private var includes: [Bool] = []

  init(_ names: [Located<String>]?) { self.names = names }

  /// Looks the names up.
  mutating func prepare(for directory: Directory) {
    includes = directory.plans.map { plan in
      names?.contains { $0.value == plan.name } ?? true
    }
  }

  /// Whether `plan` is one of them.
  func contains(_ plan: PlanIndex) -> Bool { includes[Int(plan)] }
}

extension Fields {
  /// The field `plans`: the plans that something is for.
  func plans(_ help: String) -> [Located<String>]? {
    optional("plans", .list(of: .located(.name), count: 1...Int.max), help)
  }
}
