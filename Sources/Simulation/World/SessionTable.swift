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
  /// The number of slots ever used.
  var count: Int { sessions.count }

  /// The session in `slot`, which has been taken; traps on any other slot.
  subscript(slot: UInt32) -> SessionPointer { sessions.pointer(to: Int(slot)) }

  /// A slot for a new session; one of a closed session is used again.
  @inline(__always)
  mutating func take() -> UInt32 {
    if let slot = free.popLast() {
      sessions[Int(slot)].reopen()
      return slot
    }
    return open()
  }

  /// Makes one more slot.
  @inline(never)
  private mutating func open() -> UInt32 {
    sessions.append(Session(slot: UInt32(count)))
    return UInt32(count - 1)
  }

  /// Gives the slot of a closed session back.
  @inline(__always)
  mutating func give(back slot: UInt32) {
    self[slot].pointee.state = .free
    free.append(slot)
  }
}
