import WeirKernel

/// A session in its slot: valid until the next ``SessionTable/take()``.
typealias SessionPointer = UnsafeMutablePointer<Session>

/// All open sessions by slot.
///
/// The hot loop reads and writes single fields of a session many times per event, so the table
/// hands out pointers: one is valid until the table grows, which only ``take()`` does.
struct SessionTable: ~Copyable, Sendable {
  private var sessions = UnsharedArray<Session>()
  private var free = UnsharedArray<UInt32>()
  /// What a new session starts from: copying it is quicker than setting each field.
  private let blank = Session()

  /// The number of slots ever used.
  var count: Int { sessions.count }

  /// The session in `slot`, which has been taken; traps on any other slot.
  subscript(slot: UInt32) -> SessionPointer { sessions.pointer(to: Int(slot)) }

  /// A slot for a new session; one of a closed session is used again.
  @inline(__always)
  mutating func take() -> UInt32 {
    let slot = free.popLast() ?? UInt32(count)
    if slot == count { sessions.append(blank) } else { sessions[Int(slot)] = blank }
    sessions[Int(slot)].slot = slot
    return slot
  }

  /// Gives the slot of a closed session back.
  @inline(__always)
  mutating func give(back slot: UInt32) {
    self[slot].pointee.state = .free
    free.append(slot)
  }
}
