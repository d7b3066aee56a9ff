import WeirKernel

/// The calls of the hot loop, from the place where a workload lies.
///
/// Swift copies the box of an `any Workload` before it calls a method that does not mutate, which
/// costs as much as the call. A `mutating` method is called in place; these change nothing.
extension Workload {
  @inline(__always)
  mutating func startInPlace(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    start(ofSession: number, of: account, after: previous)
  }

  @inline(__always)
  mutating func openInPlace(_ script: inout Script) { open(&script) }

  @inline(__always)
  mutating func demandInPlace(of script: inout Script, at address: CallAddress) -> Demand {
    demand(of: &script, at: address)
  }

  @inline(__always)
  mutating func sampleWorkInPlace(of demand: inout Demand, at address: CallAddress) {
    sampleWork(of: &demand, at: address)
  }

  @inline(__always)
  mutating func advanceInPlace(_ script: inout Script, at address: CallAddress) -> SimDuration? {
    advance(&script, at: address)
  }
}
