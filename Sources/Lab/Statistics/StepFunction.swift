/// A level that changes at moments and stays in between, such as a queue length over time.
///
/// Right-continuous; 0 before the first step. What was the level when a window begins carries into
/// it: a warm-up discards the integral, never the level.
public struct StepFunction: Sendable, Equatable {
  /// The moments of change, ascending.
  private let times: [Double]
  /// The level from each moment on.
  private let levels: [Double]

  /// The function with the given steps, in ascending order of time.
  public init(_ steps: [(time: Double, level: Double)]) {
    precondition(zip(steps, steps.dropFirst()).allSatisfy { $0.time <= $1.time })
    times = steps.map(\.time)
    levels = steps.map(\.level)
  }

  /// The integral over [start, end).
  public func integral(from start: Double, to end: Double) -> Double {
    var sum = 0.0
    for (index, level) in levels.enumerated() {
      let next = index + 1 < times.count ? times[index + 1] : Double.infinity
      let overlap = min(next, end) - max(times[index], start)
      if overlap > 0 { sum += level * overlap }
    }
    return sum
  }

  /// The time average over [start, end).
  public func average(from start: Double, to end: Double) -> Double {
    integral(from: start, to: end) / (end - start)
  }

  /// The averages over `count` equal parts of [start, end): the series that MSER-5 looks at.
  ///
  /// Linear in the number of parts times the number of steps.
  public func averages(from start: Double, to end: Double, parts count: Int) -> [Double] {
    let width = (end - start) / Double(count)
    return (0..<count).map { part in
      let begin = start + Double(part) * width
      return average(from: begin, to: begin + width)
    }
  }
}
