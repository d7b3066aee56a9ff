import WeirAccess
import WeirFormats
import WeirKernel

/// A downgrade while the world runs, with all names resolved to indices.
struct DowngradeState: Sendable {
  let product: ProductIndex
  let replacement: ProductIndex
  /// The model given; `nil` for that asked for.
  let model: ModelIndex?
  /// The pool that serves the other product.
  let pool: UInt16
  let terms: Downgrade
  let work: Ratio
}

/// What is neither all nor nothing: another model, or a part.
extension World {
  /// The downgrades of a policy, for the products and pools of a setting.
  static func downgrades(of policy: Policy, in setting: Setting) -> [DowngradeState] {
    policy.downgrades.compactMap { entry in
      let names = setting.products.map(\.key)
      guard let product = names.firstIndex(of: entry.downgrade.product.value),
        let replacement = names.firstIndex(of: entry.downgrade.replacement.value),
        let pool = setting.pool(of: entry.downgrade.replacement.value)
      else { return nil }
      return DowngradeState(
        product: ProductIndex(product), replacement: ProductIndex(replacement),
        model: entry.downgrade.model.flatMap { setting.models.firstIndex(of: $0) }
          .map { ModelIndex($0) }, pool: UInt16(pool), terms: entry.downgrade, work: entry.work)
    }
  }

  /// The stack decides, on another product where the one asked for is used up and the other's pool
  /// has room.
  mutating func decideOrDowngrade(_ request: Request, _ session: SessionPointer) {
    let place = downgrades.firstIndex { $0.product == request.product && !isFull(Int($0.pool)) }
    guard let place else {
      return stack.decide(request, at: now, signals, into: &session.pointee.decision)
    }
    session.pointee.downgrade = Int16(place)
    let other = self.request(of: session)
    let isOther = stack.decide(
      request, orElse: other, for: downgrades[place].terms.reasons, at: now, signals,
      into: &session.pointee.decision)
    if isOther {
      session.pointee.pool = downgrades[place].pool
    } else {
      session.pointee.downgrade = -1
    }
  }

  /// The session asks again for what it wanted in the first place.
  @inline(never)
  mutating func takeBack(_ session: SessionPointer) {
    let population = populations.pointer(to: Int(session.pointee.population))
    session.pointee.downgrade = -1
    session.pointee.product = population.pointee.product
    session.pointee.model = population.pointee.model
    session.pointee.pool = population.pointee.pool
    session.pointee.usage = recorder.usage.place(for: session.pointee.use)
  }

  /// Service begins of what is given in the place of what was asked for, or of a part of it.
  ///
  /// Another model has its own work. A part ends when what was granted is used up, so that the work
  /// is that part of the whole.
  mutating func cutDown(_ session: SessionPointer) {
    if session.pointee.downgrade >= 0 {
      let state = downgrades[Int(session.pointee.downgrade)]
      session.pointee.product = state.replacement
      session.pointee.model = state.model ?? session.pointee.model
      session.pointee.usage = recorder.usage.place(for: session.pointee.use)
      session.pointee.actual = state.terms.cost(of: session.pointee.actual)
      session.pointee.demand.scaleWork(by: state.work)
    }
    let granted = session.pointee.decision.granted
    let actual = session.pointee.actual
    guard granted < request(of: session).cost, granted < actual else { return }
    session.pointee.actual = granted
    session.pointee.demand.scaleWork(by: Ratio(granted.count, over: actual.count))
  }
}

extension Demand {
  /// Makes the work a part or a multiple of what it was, rounded down.
  fileprivate mutating func scaleWork(by ratio: Ratio) {
    for part in [\Demand.work, \Demand.workToFirstToken] {
      let scaled = ratio.times(self[keyPath: part].nanoseconds, rounding: .down)
      self[keyPath: part] = SimDuration(nanoseconds: scaled ?? .max / 4)
    }
  }
}
