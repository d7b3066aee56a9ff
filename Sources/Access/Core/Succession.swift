public import WeirKernel

/// An account changes its plan in the middle of its windows.
public struct PlanChange: Sendable {
  /// The account.
  public var account: AccountIndex
  /// Its organisation and team.
  public var start: AccountStart
  /// The plan that it leaves.
  public var from: PlanIndex
  /// The plan that it is on from now.
  public var to: PlanIndex
  /// What becomes of its use.
  public var inheritance: Inheritance
  /// When it changes.
  public var at: SimTime

  /// Creates a change.
  public init(
    account: AccountIndex, start: AccountStart, from: PlanIndex, to: PlanIndex,
    inheritance: Inheritance, at now: SimTime
  ) {
    self.account = account
    self.start = start
    self.from = from
    self.to = to
    self.inheritance = inheritance
    self.at = now
  }
}

/// A layer takes the place of an earlier one in the middle of its windows.
public struct Succession: Sendable {
  /// The accounts, with the plans that they are on now.
  public var directory: Directory
  /// What becomes of what has been used.
  public var inheritance: Inheritance
  /// When the later layer takes the place.
  public var at: SimTime

  /// Creates a succession.
  public init(in directory: Directory, inheritance: Inheritance, at now: SimTime) {
    self.directory = directory
    self.inheritance = inheritance
    self.at = now
  }
}

extension Succession {
  /// Carries the states of an earlier layer over, each from its old rule to its new one.
  ///
  /// A state that accounts of several plans share is carried as for the first of its accounts.
  func carry<State, Rule>(
    _ states: [State], by scope: Scope, from old: [Rule], to new: [Rule],
    _ carried: (State, Rule, Rule) -> State
  ) -> [State] {
    var plans = Array(repeating: PlanIndex(0), count: states.count)
    for account in directory.planOfAccount.indices.reversed() {
      let request = directory.request(of: AccountIndex(account))
      plans[scope.index(of: request)] = request.plan
    }
    return states.indices.map { index in
      carried(states[index], old[Int(plans[index])], new[Int(plans[index])])
    }
  }
}
