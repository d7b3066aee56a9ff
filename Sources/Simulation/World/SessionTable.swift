/// A session in its slot: valid until the next ``SessionTable/take()``.
typealias SessionPointer = UnsafeMutablePointer<Session>

/// All open sessions by slot, in memory that stays where it is.
///
/// The hot loop reads and writes single fields of a session many times per event. An array would
/// check and copy at each of them (a fifth of the running time, measured), so this one file hands
/// out pointers: a pointer is valid until the table grows, which only ``take()`` does.
struct SessionTable: ~Copyable, @unchecked Sendable {
  private var sessions: UnsafeMutablePointer<Session>
  private var capacity: Int
  private var free: [UInt32] = []

  /// The number of slots ever used.
  private(set) var count = 0

  init() {
    capacity = 1024
    sessions = .allocate(capacity: capacity)
  }

  deinit {
    sessions.deinitialize(count: count)
    sessions.deallocate()
  }

  /// The session in `slot`, which has been taken; traps on any other slot.
  subscript(slot: UInt32) -> SessionPointer {
    precondition(slot < count)
    return sessions + Int(slot)
  }

  /// A slot for a new session; one of a closed session is used again.
  mutating func take() -> UInt32 {
    if let slot = free.popLast() {
      sessions[Int(slot)] = Session()
      sessions[Int(slot)].slot = slot
      return slot
    }
    if count == capacity { grow() }
    (sessions + count).initialize(to: Session())
    sessions[count].slot = UInt32(count)
    count += 1
    return UInt32(count - 1)
  }

  /// Gives the slot of a closed session back.
  mutating func give(back slot: UInt32) {
    self[slot].pointee.state = .free
    free.append(slot)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Session>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: sessions, count: count)
    sessions.deallocate()
    sessions = larger
    capacity *= 2
  }
}
