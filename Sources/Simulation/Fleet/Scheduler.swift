public import WeirAccess
public import WeirFormats
public import WeirKernel

/// Who waits for a server, as a scheduler may see it: the estimate, never the actual work.
@frozen
public struct Job: Sendable {
  /// The session slot that the job belongs to; also its handle.
  public var slot: UInt32
  /// Whose job it is.
  public var account: AccountIndex
  /// The priority of the account's plan: a lower number goes first.
  public var priority: Int64
  /// The estimated cost.
  public var cost: Units
  /// When it joined the queue.
  public var queuedAt: SimTime

  /// Creates a job.
  @inlinable
  public init(
    slot: UInt32, account: AccountIndex, priority: Int64, cost: Units, queuedAt: SimTime
  ) {
    self.slot = slot
    self.account = account
    self.priority = priority
    self.cost = cost
    self.queuedAt = queuedAt
  }
}

/// The rule that picks who is served next.
///
/// ## Implementation requirements
///
/// Every job that is enqueued leaves once: by ``next()``, or by ``remove(slot:)`` when it runs out
/// of patience. The order depends on nothing but the calls made.
public protocol Scheduler: Declared, Sendable {
  /// The name of the scheduler's type in a scenario, such as `fifo`.
  static var typeName: String { get }

  /// What the scheduler does, in one sentence, for the catalogue.
  static var summary: String { get }

  /// The number of waiting jobs.
  var count: Int { get }

  /// Adds a job to those that wait.
  mutating func enqueue(_ job: Job)

  /// Takes out the job to serve next; `nil` when none waits.
  mutating func next() -> Job?

  /// Takes out the job of `slot`, which waits.
  mutating func remove(slot: UInt32)
}

/// First come, first served.
public struct FirstComeFirstServed: Scheduler {
  public static let typeName = "fifo"
  public static let summary = "First come, first served."
  private var queue = JobQueue()

  /// Creates an empty queue.
  public init() {}

  public init(_ fields: Fields) {}

  public var count: Int { queue.count }

  public mutating func enqueue(_ job: Job) { queue.append(job) }

  public mutating func next() -> Job? { queue.popFirst() }

  public mutating func remove(slot: UInt32) { queue.remove(slot: slot) }
}

/// The plan with the lowest priority number first; within a plan, first come, first served.
public struct PriorityFirst: Scheduler {
  public static let typeName = "priority"
  public static let summary =
    "The plan with the lowest priority number first, without preemption; then first come."
  private var levels: [(priority: Int64, queue: JobQueue)] = []
  public private(set) var count = 0

  public init(_ fields: Fields) {}

  public mutating func enqueue(_ job: Job) {
    count += 1
    for index in levels.indices {
      if levels[index].priority == job.priority {
        levels[index].queue.append(job)
        return
      }
      if levels[index].priority > job.priority {
        levels.insert((job.priority, JobQueue()), at: index)
        levels[index].queue.append(job)
        return
      }
    }
    levels.append((job.priority, JobQueue()))
    levels[levels.count - 1].queue.append(job)
  }

  public mutating func next() -> Job? {
    for index in levels.indices {
      if let job = levels[index].queue.popFirst() {
        count -= 1
        return job
      }
    }
    return nil
  }

  public mutating func remove(slot: UInt32) {
    for index in levels.indices where levels[index].queue.remove(slot: slot) {
      count -= 1
      return
    }
  }
}

/// Jobs in the order in which they came.
///
/// Complexity: constant for adding and taking; a removal leaves a gap that is skipped later.
struct JobQueue: Sendable {
  private var jobs: [Job?] = []
  private var head = 0
  private(set) var count = 0

  mutating func append(_ job: Job) {
    if head > 32, head * 2 > jobs.count {
      jobs.removeFirst(head)
      head = 0
    }
    jobs.append(job)
    count += 1
  }

  mutating func popFirst() -> Job? {
    while head < jobs.count {
      head += 1
      if let job = jobs[head - 1] {
        count -= 1
        return job
      }
    }
    return nil
  }

  @discardableResult
  mutating func remove(slot: UInt32) -> Bool {
    guard let index = jobs[head...].firstIndex(where: { $0?.slot == slot }) else { return false }
    jobs[index] = nil
    count -= 1
    return true
  }
}
