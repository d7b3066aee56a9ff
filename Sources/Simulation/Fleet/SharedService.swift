import WeirKernel

/// The requests that share a pool of processor-sharing servers, by the order in which they end.
struct SharedService: Sendable {
  /// Something that happens when the virtual clock reaches a tag.
  struct Mark: Sendable, Comparable {
    let tag: VirtualClock.Tag
    let slot: UInt32
    /// Whether it is the end of the work; otherwise the first token.
    let isEnd: Bool

    static func < (left: Mark, right: Mark) -> Bool {
      if left.tag != right.tag { return left.tag < right.tag }
      if left.slot != right.slot { return left.slot < right.slot }
      return !left.isEnd && right.isEnd
    }
  }

  private var clock: VirtualClock
  /// A binary heap, the least mark first.
  private var marks: [Mark] = []
  /// The number of requests in service.
  private(set) var count: Int64 = 0
  /// The most requests in service.
  let limit: Int64
  /// Counts the changes of what happens next, so that an event of an earlier plan is known as such.
  private(set) var plan: UInt32 = 0

  init(_ pool: Pool) {
    clock = VirtualClock(totalSpeeds: pool.sharing.totalSpeeds(servers: pool.servers))
    limit = pool.sharing.requestsPerServer.map {
      $0.multipliedReportingOverflow(by: pool.servers).partialValue
    } ?? .max
  }

  /// The slots in service, for the invariants.
  var slots: [UInt32] { marks.filter(\.isEnd).map(\.slot) }

  /// A request begins to share the servers.
  mutating func start(slot: UInt32, work: SimDuration, firstToken: SimDuration, at now: SimTime) {
    count += 1
    clock.setConcurrency(Int(count), at: now)
    if firstToken < work {
      push(Mark(tag: clock.tag(forWork: firstToken), slot: slot, isEnd: false))
    }
    push(Mark(tag: clock.tag(forWork: work), slot: slot, isEnd: true))
  }

  /// Takes out the next mark that has been reached at `now`; an end leaves the servers.
  mutating func reach(at now: SimTime) -> Mark? {
    clock.advance(to: now)
    guard let mark = marks.first, clock.hasReached(mark.tag) else { return nil }
    removeFirst()
    if mark.isEnd {
      count -= 1
      clock.setConcurrency(Int(count), at: now)
    }
    return mark
  }

  /// Makes a new plan: when the next mark will be reached if nothing changes; `nil` for none.
  mutating func planNext() -> SimTime? {
    plan &+= 1
    return marks.first.flatMap { clock.time(of: $0.tag) }
  }

  private mutating func push(_ mark: Mark) {
    var hole = marks.count
    marks.append(mark)
    while hole > 0, mark < marks[(hole - 1) / 2] {
      marks[hole] = marks[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    marks[hole] = mark
  }

  private mutating func removeFirst() {
    let last = marks.removeLast()
    guard !marks.isEmpty else { return }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < marks.count else { break }
      if child + 1 < marks.count, marks[child + 1] < marks[child] { child += 1 }
      guard marks[child] < last else { break }
      marks[hole] = marks[child]
      hole = child
    }
    marks[hole] = last
  }
}
