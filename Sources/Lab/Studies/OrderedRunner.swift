import Foundation
import Synchronization

/// Work on several threads whose results arrive in the order of their numbers.
///
/// At most twice as many results as threads are in flight or wait for an earlier one, so that
/// memory does not grow with the number of runs. What the consumer sees does not depend on the
/// threads.
struct OrderedRunner: Sendable {
  /// The number of threads.
  let jobs: Int

  init(jobs: Int) {
    precondition(jobs > 0)
    self.jobs = jobs
  }

  /// Produces 0 ..< `count` on the threads, and consumes them in order on the calling one.
  ///
  /// After a cancellation nothing new begins, and results that follow without a gap are still
  /// consumed; those on their way are not waited for.
  ///
  /// - Returns: How many were consumed.
  func run<Output: Sendable, Failure: Error>(
    count: Int, cancellation: Cancellation, produce: @escaping @Sendable (Int) -> Output,
    consume: (Int, Output) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let line = Line<Output>(count: count, window: 2 * jobs)
    for _ in 0..<min(jobs, count) {
      let thread = Thread {
        while let index = line.claim(unless: cancellation) { line.deliver(produce(index), index) }
      }
      // Some systems give threads half a mebibyte, which a debug build may exceed.
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { line.stop() }
    for index in 0..<count {
      guard let output = line.take(index, unless: cancellation) else { return index }
      try consume(index, output)
    }
    return count
  }
}

/// A wish to stop, from any thread or signal handler.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Nothing is cancelled yet.
  public init() {}

  /// Stops as soon as possible.
  public func cancel() { flag.store(true, ordering: .releasing) }

  /// Whether to stop.
  public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}

/// The results between the threads and the consumer.
private final class Line<Output: Sendable>: @unchecked Sendable {
  // All state is guarded by the condition's lock.
  private let condition = NSCondition()
  private let count: Int
  private let window: Int
  private var claimed = 0
  private var taken = 0
  private var isStopped = false
  private var waiting: [Int: Output] = [:]

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  /// The next number to work on; waits while too many are ahead of the consumer.
  func claim(unless cancellation: Cancellation) -> Int? {
    condition.lock()
    defer { condition.unlock() }
    while claimed < count, claimed >= taken + window, !isStopped { condition.wait() }
    guard claimed < count, !isStopped, !cancellation.isCancelled else { return nil }
    claimed += 1
    return claimed - 1
  }

  func deliver(_ output: Output, _ index: Int) {
    condition.lock()
    waiting[index] = output
    condition.broadcast()
    condition.unlock()
  }

  /// The output of `index`, or `nil` when it will not come.
  func take(_ index: Int, unless cancellation: Cancellation) -> Output? {
    condition.lock()
    defer { condition.unlock() }
    while waiting[index] == nil {
      if cancellation.isCancelled { return nil }
      // A signal handler cannot wake the condition, so that the flag is looked at now and then.
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1))
    }
    taken = index + 1
    condition.broadcast()
    return waiting.removeValue(forKey: index)
  }

  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }
}
