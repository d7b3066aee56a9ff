import Foundation

/// How long the runs of a study take, from a trial of some of them.
public struct RunForecast: Sendable {
  /// The seconds of one run under each policy; `nil` where the trial ended before.
  public let seconds: [Double?]
  /// How long the trial was allowed to take, in seconds.
  public let limit: Double

  init(seconds: [Double?], limit: Double) {
    self.seconds = seconds
    self.limit = limit
  }

  /// Tries the first run of each policy in turn, for at most `limit` seconds altogether.
  ///
  /// Nothing is kept of the trial; a run that takes longer goes on in the background until the
  /// process ends.
  public init(of study: Study, limit: Double = 5) {
    self.limit = limit
    let policies = study.scenario.policies.count
    let measured = Measured(policies)
    let thread = Thread {
      for policy in 0..<policies {
        let started = Date()
        _ = StudyRunner.result(of: policy, in: study)
        if !measured.add(policy, Date().timeIntervalSince(started)) { return }
      }
    }
    thread.stackSize = 8 << 20
    thread.start()
    seconds = measured.wait(atMost: limit)
  }

  /// The seconds that `entries` will take on `jobs` threads; `nil` when no trial ended.
  ///
  /// A policy whose trial did not end counts like the slowest of the others.
  public func seconds(for entries: [StudyInventory.Entry], jobs: Int) -> Double? {
    guard let slowest = seconds.compactMap({ $0 }).max() else { return nil }
    let work = entries.reduce(0) { sum, entry in
      entry.reason == nil ? sum : sum + (seconds[entry.run.policy] ?? slowest)
    }
    return work / Double(max(1, min(jobs, entries.count)))
  }
}

/// Times that a thread measures and another one waits for.
private final class Measured: @unchecked Sendable {
  // All state is guarded by the condition's lock.
  private let condition = NSCondition()
  private var seconds: [Double?]
  private var isOver = false

  init(_ count: Int) { seconds = Array(repeating: nil, count: count) }

  /// Whether more are wanted.
  func add(_ place: Int, _ value: Double) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    if !isOver { seconds[place] = value }
    if place == seconds.count - 1 { isOver = true }
    condition.broadcast()
    return !isOver
  }

  func wait(atMost limit: Double) -> [Double?] {
    condition.lock()
    defer { condition.unlock() }
    let end = Date(timeIntervalSinceNow: limit)
    while !isOver, condition.wait(until: end) {}
    isOver = true
    return seconds
  }
}
