import WeirAccess
import WeirKernel

/// A charge on its way to the worker of a stage, until its delivery is acknowledged.
struct Message: Sendable {
  var charge: MonetizationEvent
  var stage: SettlementStage
  /// The node of the call that is charged, below which all that befalls the message is sampled.
  var key: SampleKey
  /// How often it has been delivered.
  var deliveries: UInt32 = 0
  /// The events of the queue that are still to come for it.
  var pending: UInt32 = 0
  var isAcknowledged = false
  /// When the queue next does something for it: it arrives, or is delivered again.
  var nextAt = SimTime.zero
  /// Whether that is a redelivery, unless it is acknowledged before.
  var isRetry = false
}

/// The messages under way, each in its slot.
struct DeliveryQueue: Sendable {
  private(set) var messages: [Message] = []
  private var free: [UInt32] = []

  /// Puts a message into a slot.
  mutating func add(_ message: Message) -> UInt32 {
    if let slot = free.popLast() {
      messages[Int(slot)] = message
      return slot
    }
    messages.append(message)
    return UInt32(messages.count - 1)
  }

  subscript(slot: UInt32) -> Message {
    get { messages[Int(slot)] }
    _modify { yield &messages[Int(slot)] }
  }

  /// Gives the slot back once nothing more is to come for an acknowledged message.
  mutating func release(_ slot: UInt32) {
    if self[slot].isAcknowledged, self[slot].pending == 0 { free.append(slot) }
  }

  /// The slots of messages that are not acknowledged, in order.
  var unacknowledged: [UInt32] {
    messages.indices.filter { !messages[$0].isAcknowledged }.map { UInt32($0) }
  }
}
