import WeirAccess
import WeirKernel

/// The way of charges to their balances: the queue, the two workers, and what goes wrong.
///
/// The queue has an event to come for every message that is not acknowledged: it arrives at its
/// worker, or is delivered again. What the worker of the first stage records is what the queue
/// delivers to that of the second.
struct SettlementTransit: Sendable {
  private let faults: SettlementFaults
  /// The lag of each layer that is charged; zero for others.
  private let lags: [SimDuration]
  /// Since when lags count in the results.
  private let measuredFrom: SimTime
  private var queue = DeliveryQueue()
  private var pricing: StageWorker
  private var debiting: StageWorker
  private var counts = SettlementTally()

  /// Creates the way for the charges of `stack`; crashes are sampled below `key`.
  init(_ faults: SettlementFaults, _ stack: Stack, measuredFrom: SimTime, key: SampleKey) {
    self.faults = faults
    self.measuredFrom = measuredFrom
    lags = stack.layers.map { ($0 as? any CreditFund)?.charging.settlementLag ?? .zero }
    pricing = StageWorker(.pricing, faults, key: key)
    debiting = StageWorker(.debiting, faults, key: key)
  }

  /// What the faults did so far.
  var tally: SettlementTally {
    var tally = counts
    for stage in [pricing, debiting] {
      tally.duplicatesDropped += stage.worker.duplicates
      tally.early += stage.worker.early
      tally.crashes += stage.crashes
    }
    return tally
  }

  /// Puts a charge on its way at `now`; all that befalls it is sampled below the `key` of its call.
  mutating func publish(
    _ charge: MonetizationEvent, key: SampleKey, at now: SimTime, _ events: inout EventQueue
  ) {
    counts.charges += 1
    send(queue.add(Message(charge: charge, stage: .pricing, key: key)), at: now, &events)
  }

  /// A message arrives at its worker, or is delivered again.
  mutating func move(
    _ event: Event, with stack: inout Stack, _ events: inout EventQueue
  ) {
    let slot = (event.ordinal - 1) >> 1
    let isRetry = (event.ordinal - 1) & 1 == 1
    queue[slot].pending -= 1
    if isRetry {
      redeliver(slot, at: event.time, &events)
    } else {
      arrive(slot, at: event.time, with: &stack, &events)
    }
    queue.release(slot)
  }

  /// Puts every message that is under way back on the calendar, at `now` or later; copies of them
  /// that are still to come are forgotten.
  mutating func resume(at now: SimTime, _ events: inout EventQueue) {
    for slot in queue.unacknowledged {
      queue[slot].pending = 0
      push(slot, at: max(queue[slot].nextAt, now), isRetry: queue[slot].isRetry, &events)
    }
  }

  // MARK: The queue

  /// Delivers a message, or loses it.
  private mutating func send(_ slot: UInt32, at now: SimTime, _ events: inout EventQueue) {
    let fate = DeliveryFate(of: queue[slot], faults)
    counts.count(fate)
    let isFirst = queue[slot].deliveries == 0
    queue[slot].deliveries += 1
    if fate.isLost {
      return push(slot, at: now + faults.redeliverAfter, isRetry: true, &events)
    }
    let isCharged = isFirst && queue[slot].stage == .debiting
    let start = isCharged ? now + lags[Int(queue[slot].charge.layer)] : now
    if let lag = fate.lagOfDouble { push(slot, at: start + lag, isRetry: false, &events) }
    push(slot, at: start + fate.lag, isRetry: false, &events)
  }

  private mutating func redeliver(_ slot: UInt32, at now: SimTime, _ events: inout EventQueue) {
    if queue[slot].isAcknowledged { return }
    counts.redeliveries += 1
    send(slot, at: now, &events)
  }

  private mutating func push(
    _ slot: UInt32, at time: SimTime, isRetry: Bool, _ events: inout EventQueue
  ) {
    queue[slot].pending += 1
    queue[slot].nextAt = time
    queue[slot].isRetry = isRetry
    let ordinal = slot << 1 | (isRetry ? 1 : 0)
    events.push(
      Event(
        time: time, kind: EventKind.settlement, entity: queue[slot].charge.account,
        ordinal: ordinal + 1))
  }

  // MARK: The workers

  /// A delivery comes to its worker, or waits for it while it is down.
  private mutating func arrive(
    _ slot: UInt32, at now: SimTime, with stack: inout Stack, _ events: inout EventQueue
  ) {
    let isPricing = queue[slot].stage == .pricing
    let downUntil = isPricing ? pricing.downUntil : debiting.downUntil
    if now < downUntil { return push(slot, at: downUntil, isRetry: false, &events) }
    if isPricing {
      price(slot, at: now, with: &stack, &events)
    } else {
      debit(slot, at: now, with: &stack)
    }
    if !queue[slot].isAcknowledged, queue[slot].pending == 0 {
      push(slot, at: now + faults.redeliverAfter, isRetry: true, &events)
    }
  }

  private mutating func price(
    _ slot: UInt32, at now: SimTime, with stack: inout Stack, _ events: inout EventQueue
  ) {
    pricing.receive(queue[slot].charge, receipt: slot, with: &stack, at: now)
    for place in pricing.worker.recorded.indices {
      counts.priced += 1
      let priced = queue[pricing.worker.recorded[place]]
      let message = Message(charge: priced.charge, stage: .debiting, key: priced.key)
      send(queue.add(message), at: now, &events)
    }
    for place in pricing.worker.acknowledged.indices {
      queue[pricing.worker.acknowledged[place]].isAcknowledged = true
    }
    pricing.worker.clearWork()
  }

  private mutating func debit(_ slot: UInt32, at now: SimTime, with stack: inout Stack) {
    debiting.receive(queue[slot].charge, receipt: slot, with: &stack, at: now)
    for place in debiting.worker.recorded.indices {
      counts.debited += 1
      let usedAt = queue[debiting.worker.recorded[place]].charge.at
      if usedAt >= measuredFrom { counts.lag.record((now - usedAt).nanoseconds) }
    }
    for place in debiting.worker.acknowledged.indices {
      queue[debiting.worker.acknowledged[place]].isAcknowledged = true
    }
    debiting.worker.clearWork()
  }
}
