public import WeirKernel

extension Stack {
  /// Decides on a request, or on another in its place where that is denied for one of `reasons` and
  /// the other is not.
  ///
  /// The decision is then that on the other: ``Outcome/downgrade`` when it is admitted at once, with
  /// the refusal of the first. Where both are denied, the first is; nothing is learnt of the other.
  /// What follows (settle, release, observe) is to name the request that was decided.
  ///
  /// - Returns: Whether it was decided on the other.
  public mutating func decide(
    _ request: Request, orElse other: Request, for reasons: [Reason], at now: SimTime,
    _ signals: Signals, into decision: inout Decision
  ) -> Bool {
    let first = quote(request, at: now, signals)
    guard first.outcome == .deny, let refusal = first.refusal, reasons.contains(refusal.reason),
      quote(other, at: now, signals).outcome != .deny
    else {
      decide(request, at: now, signals, into: &decision)
      return false
    }
    decide(other, at: now, signals, into: &decision)
    if decision.outcome == .admit { decision.outcome = .downgrade }
    if decision.refusal == nil {
      decision.refusal = refusal
      decision.refusedBy = first.refusedBy
    }
    return true
  }
}
