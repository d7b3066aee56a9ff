import Foundation
import Synchronization

/// Work on several threads whose results arrive in the order of their numbers.
///
/// Only so many results are in flight or wait for an earlier one, so that memory does not grow with
/// the number of runs. What the consumer sees does not depend on the threads.
struct OrderedRunner: Sendable {
  /// The number of threads.
  let jobs: Int
  /// How many results may be ahead of the consumer.
  let window: Int

  /// Creates a runner; by default twice as many results as threads may be ahead.
  init(jobs: Int, window: Int? = nil) {
    precondition(jobs > 0)
    self.jobs = jobs
    self.window = max(jobs, window ?? 2 * jobs)
  }

  /// Produces 0 ..< `count` on the threads, and consumes them in order on the calling one.
  ///
  /// `arrived` is called on that thread too, as soon as a result is there, whatever its number.
  /// After a cancellation nothing new begins, and results that follow without a gap are still
  /// consumed; those on their way are not waited for.
  ///
  /// - Returns: How many were consumed.
  func run<Output: Sendable, Failure: Error>(
    count: Int, cancellation: Cancellation, arrived: (Int, Output) -> Void = { _, _ in },
    produce: @escaping @Sendable (Int) -> Output, consume: (Int, Output) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let line = Line<Output>(count: count, window: window)
    for _ in 0..<min(jobs, count) {
      let thread = Thread {
        while let index = line.claim(unless: cancellation) { line.deliver(produce(index), index) }
      }
      // Some systems give threads half a mebibyte, which a debug build may exceed.
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { line.stop() }
    var index = 0
    while index < count {
      guard let news = line.news(index, unless: cancellation) else { return index }
      for (index, output) in news.arrivals { arrived(index, output) }
      guard let output = news.output else { continue }
      try consume(index, output)
      index += 1
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
  private var arrivals: [(Int, Output)] = []
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
    arrivals.append((index, output))
    waiting[index] = output
    condition.broadcast()
    condition.unlock()
  }

  /// What has arrived since the last call, and the output of `index` when it is there.
  ///
  /// Waits for one or the other; `nil` when neither will come.
  func news(
    _ index: Int, unless cancellation: Cancellation
  ) -> (arrivals: [(Int, Output)], output: Output?)? {
    condition.lock()
    defer { condition.unlock() }
    while arrivals.isEmpty, waiting[index] == nil {
      if cancellation.isCancelled { return nil }
      // A signal handler cannot wake the condition, so that the flag is looked at now and then.
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.1))
    }
    let news = arrivals
    arrivals = []
    let output = waiting.removeValue(forKey: index)
    if output != nil {
      taken = index + 1
      condition.broadcast()
    }
    return (news, output)
  }

  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }
}
