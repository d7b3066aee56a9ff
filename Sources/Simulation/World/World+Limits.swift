import WeirAccess
import WeirKernel

/// The third invariant: no commit exceeds a strict limit then in force.
///
/// Reading all meters costs about as much as deciding, so that one attempt in 64 is checked.
extension World {
  /// Notes what each layer shows as left for `request`, before it is decided.
  mutating func noteHeadroom(for request: Request) {
    headroom.removeAll(keepingCapacity: true)
    for layer in stack.names.indices {
      // A layer that may overshoot bounds itself by other means than what it shows.
      let meter =
        stack.applies(layer, to: request.product) && stack.isStrict(layer)
        ? stack.meter(ofLayer: layer, for: request, at: now) : nil
      headroom.append(meter?.remaining)
    }
  }

  /// Checks a decision against what the layers showed before it.
  ///
  /// A layer that pays gives at most what it showed; a gate that showed nothing lets nothing pass.
  mutating func checkHeadroom(_ decision: Decision, of request: Request) {
    var isAbove = false
    for (payer, layer) in stack.payers.enumerated() {
      if let left = headroom[layer], decision.shares[payer] > left { isAbove = true }
    }
    if decision.outcome != .deny, request.cost > .zero {
      for gate in stack.gates where headroom[gate] == .zero { isAbove = true }
    }
    if isAbove { recorder.conservation.commitsAboveLimit += 1 }
  }
}
