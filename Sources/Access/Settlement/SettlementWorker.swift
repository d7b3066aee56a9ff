public import WeirKernel

/// A worker of one stage of the settlement: makes one record of each charge, however it is delivered.
///
/// A queue delivers each charge at least once, in any order, until the delivery is acknowledged.
/// The worker takes a delivery through three steps:
/// 1. it looks the idempotency key of the charge up;
/// 2. if the charge is due, it records it together with its key, as one transaction;
/// 3. it acknowledges the delivery.
///
/// A delivery whose charge has been recorded already is acknowledged and changes nothing. One whose
/// turn has not come is kept until it has, so that the updates of a balance are in the order of its
/// charges. The worker may die between any two steps: it forgets what it kept and acknowledges
/// nothing more, the queue delivers again, and the keys, which are stored with the records, see to
/// it that nothing happens twice.
///
/// ## Source
/// "Beyond rate limits: scaling access to Codex and Sora", OpenAI, 2026: stable idempotency keys, one
/// transaction for a balance and its update, updates in order by account.
public struct SettlementWorker: Sendable {
  /// The stage it works at.
  public let stage: SettlementStage
  /// The deliveries acknowledged since the last ``clearWork()``, by their receipts.
  public private(set) var acknowledged: [UInt32] = []
  /// The deliveries recorded since the last ``clearWork()``, by their receipts, in that order.
  public private(set) var recorded: [UInt32] = []
  /// Deliveries of charges that had been recorded before: each would have charged twice.
  public private(set) var duplicates: Int64 = 0
  /// Deliveries that came before their turn, and were kept.
  public private(set) var early: Int64 = 0

  /// The deliveries kept in memory: those of each balance in the order of its charges.
  private var kept: [BalanceKey: [Delivery]] = [:]

  /// A step of the work at a delivery.
  public enum Step: Int, CaseIterable, Sendable {
    /// The delivery has come, and nothing else.
    case received
    /// The key has been looked up, and nothing has been written.
    case checked
    /// The record has been written, and the delivery is not acknowledged.
    case recorded
  }

  private struct Delivery: Sendable {
    var charge: MonetizationEvent
    var receipt: UInt32
  }

  private struct BalanceKey: Hashable {
    var layer: UInt8
    var owner: OwnerIndex
  }

  /// Creates a worker that has received nothing.
  public init(_ stage: SettlementStage) { self.stage = stage }

  /// Works at a delivery, and at those that it was kept waiting for.
  ///
  /// `receipt` names the delivery to the queue. With `death`, the worker dies after that step.
  ///
  /// Complexity: O(1) in order, and for a delivery that comes after all that are kept; at most linear
  /// in those of the same balance.
  public mutating func receive(
    _ charge: MonetizationEvent, receipt: UInt32, with stack: inout Stack, at now: SimTime,
    dyingAfter death: Step? = nil
  ) {
    if death == .received { return die() }
    let standing = stack.standing(of: charge, at: stage)
    if death == .checked { return die() }
    let delivery = Delivery(charge: charge, receipt: receipt)
    switch standing {
    case .early: keep(delivery)
    case .due, .recorded: record(delivery, standing, with: &stack, at: now)
    }
    if death == .recorded {
      // What it was about to acknowledge is the last thing in the list.
      if standing != .early { acknowledged.removeLast() }
      return die()
    }
    if standing == .due { recordKept(after: charge, with: &stack, at: now) }
  }

  /// Forgets what was acknowledged and recorded, once that has been looked at.
  public mutating func clearWork() {
    acknowledged.removeAll(keepingCapacity: true)
    recorded.removeAll(keepingCapacity: true)
  }

  /// Forgets everything that is only in memory.
  private mutating func die() { kept.removeAll() }

  private mutating func record(
    _ delivery: Delivery, _ standing: SettlementStanding, with stack: inout Stack, at now: SimTime
  ) {
    if standing == .due {
      stack.record(delivery.charge, at: stage, now: now)
      recorded.append(delivery.receipt)
    } else {
      duplicates += 1
    }
    acknowledged.append(delivery.receipt)
  }

  private mutating func keep(_ delivery: Delivery) {
    early += 1
    let key = BalanceKey(layer: delivery.charge.layer, owner: delivery.charge.owner)
    var others = kept[key] ?? []
    kept[key] = nil
    let place = others.lastIndex { $0.charge.sequence <= delivery.charge.sequence }
    // The same delivery, made again because it has not been acknowledged, need not be kept twice.
    if place.map({ others[$0].receipt != delivery.receipt }) ?? true {
      others.insert(delivery, at: place.map { $0 + 1 } ?? 0)
    }
    kept[key] = others
  }

  /// Records what was kept until `charge` had been, and what was kept until that had.
  private mutating func recordKept(
    after charge: MonetizationEvent, with stack: inout Stack, at now: SimTime
  ) {
    let key = BalanceKey(layer: charge.layer, owner: charge.owner)
    guard var others = kept.removeValue(forKey: key) else { return }
    var count = 0
    while count < others.count {
      let standing = stack.standing(of: others[count].charge, at: stage)
      if standing == .early { break }
      record(others[count], standing, with: &stack, at: now)
      count += 1
    }
    others.removeSubrange(..<count)
    if !others.isEmpty { kept[key] = others }
  }
}
