import WeirAccess
import WeirKernel

/// What befalls one delivery of a message.
///
/// Its chances are sampled whether they are used or not, and spans from samples of their own: other
/// faults of a scenario do not shift them.
struct DeliveryFate {
  let isLost: Bool
  let isHeldUp: Bool
  /// From its sending to its arrival.
  let lag: SimDuration
  /// The same of the copy that comes too; `nil` when none does.
  let lagOfDouble: SimDuration?

  /// Samples the fate of the next delivery of `message`; one that is lost has no other.
  init(of message: Message, _ faults: SettlementFaults) {
    let index = Self.index(of: message)
    var chances = message.key.samples(.delivery, index: index)
    isLost = chances.bernoulli(faults.loss)
    let isHeldUp = chances.bernoulli(faults.reordering)
    let isDoubled = chances.bernoulli(faults.duplicates)
    guard !isLost else {
      self.isHeldUp = false
      lag = .zero
      lagOfDouble = nil
      return
    }
    self.isHeldUp = isHeldUp
    var samples = message.key.samples(.deliveryLag, index: index)
    let lag = Self.span(faults.lag, &samples)
    lagOfDouble = isDoubled ? Self.span(faults.lag, &samples) : nil
    guard isHeldUp else {
      self.lag = lag
      return
    }
    samples = message.key.samples(.deliveryDelay, index: index)
    self.lag = lag + Self.span(faults.heldUpFor, &samples)
  }

  /// The number of the delivery among all those of its call: fund, stage and how often before.
  private static func index(of message: Message) -> UInt32 {
    let stage: UInt32 = message.stage == .pricing ? 0 : 1
    return UInt32(message.charge.layer) << 24 | stage << 23 | message.deliveries & 0x7F_FFFF
  }

  private static func span(_ law: Distribution, _ samples: inout Samples) -> SimDuration {
    SimDuration(rounding: max(0, law.sample(&samples)))
  }
}
