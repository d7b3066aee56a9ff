import WeirKernel

/// What the calls of a session send together, on average.
///
/// The context is taken to grow evenly, by the mean of the new tokens, and to be compacted whenever
/// it is full: a saw-tooth, whose sum over n calls is a closed form. That sum is averaged over the
/// law of the first context and over the law of the number of calls, both on grids that keep their
/// means. Within about one in a hundred for the calibrated defaults: the sum hardly depends on how
/// unevenly the context grows.
struct ContextForecast: Sendable {
  /// The calls of a session.
  let calls: Double
  /// The tokens carried from earlier calls, summed over the calls of a session.
  let carried: Double
  /// The new tokens, summed over the calls of a session.
  let appended: Double

  private static let cells = 64

  init(turns: RoundedLognormal, calls: CallsPerTurn, context: ContextGrowth) {
    let tooth = SawTooth(context)
    self.calls = turns.mean * calls.mean(atMost: .max)
    appended = self.calls * tooth.step
    let full = Double(context.limit)
    let first = Self.grid(width: full / Double(Self.cells)) {
      context.first.clamped(maximum: $0).mean
    }
    // Far enough for three teeth, after which all calls carry alike, or for nearly all sessions.
    let reach = min(3 * tooth.length, 12 * self.calls)
    let width = Int64(reach / Double(Self.cells)) + 1
    let number = Self.law(turns, calls, width: width)
    var sum = 0.0
    var rest = self.calls
    for (cell, share) in number.enumerated() where share > 0 {
      // What is beyond the grid stands for sessions of its mean number of calls.
      let calls = cell == Self.cells ? rest / share : Double(Int64(cell) * width)
      rest -= share * calls
      for (start, part) in first.enumerated() {
        let context = Double(start) * full / Double(Self.cells)
        sum += share * part * tooth.sum(from: context, over: calls)
      }
    }
    carried = sum
  }

  /// The law of a number of at least 0 on multiples of `width`, the last for all that is beyond.
  ///
  /// A number between two multiples counts as either, so that the mean stays; it follows from
  /// `cappedMean`, the mean of the number or a bound.
  private static func grid(width: Double, _ cappedMean: (Double) -> Double) -> [Double] {
    let means = (0...cells).map { cappedMean(Double($0) * width) }
    let tails = zip(means, means.dropFirst()).map { ($1 - $0) / width }
    return (0...cells).map { cell in
      (cell == 0 ? 1 : tails[cell - 1]) - (cell == cells ? 0 : tails[cell])
    }
  }

  /// The law of the calls of a session on multiples of `width`, the last for all beyond.
  private static func law(
    _ turns: RoundedLognormal, _ calls: CallsPerTurn, width: Int64
  ) -> [Double] {
    let inTurn = grid(width: Double(width)) { calls.mean(atMost: Int64($0)) }
    var sum = [1.0] + Array(repeating: 0, count: cells)
    var result = Array(repeating: 0.0, count: cells + 1)
    var turn: Int64 = 0
    var remaining = 1.0
    // Once nearly all sessions are beyond the grid, further turns change nothing in it.
    while remaining > 0, sum[cells] < 1 - 1e-6 {
      turn += 1
      sum = convolution(sum, inTurn)
      let next = turns.tail(from: turn + 1)
      for cell in result.indices { result[cell] += sum[cell] * (remaining - next) }
      remaining = next
    }
    for cell in result.indices { result[cell] += sum[cell] * remaining }
    return result
  }

  private static func convolution(_ left: [Double], _ right: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: cells + 1)
    for (first, share) in left.enumerated() where share > 0 {
      for second in 0...cells { result[min(cells, first + second)] += share * right[second] }
    }
    return result
  }
}

/// The context as a saw-tooth over calls: an even rise to the limit, then a fall to what is kept.
private struct SawTooth {
  let step: Double
  let limit: Double
  let kept: Double

  init(_ context: ContextGrowth) {
    limit = Double(context.limit)
    kept = Double(context.kept)
    step = context.append.clamped(maximum: limit - kept).mean
  }

  /// The calls of a tooth.
  var length: Double { step > 0 ? min(1e12, (limit - kept) / step) : 1e12 }

  /// The mean over a tooth.
  var mean: Double { (kept + limit) / 2 }

  /// The sum over `calls` that begin with a context of `first`.
  func sum(from first: Double, over calls: Double) -> Double {
    let first = first < limit ? first : kept
    let toLimit = step > 0 ? (limit - first) / step : .infinity
    let rising = min(calls, toLimit)
    let begun = (first + step * (rising - 1) / 2) * rising
    if calls <= toLimit { return begun }
    let rest = calls - toLimit
    let teeth = Double(Int64(rest / length))
    let last = rest - teeth * length
    return begun + teeth * length * mean + (kept + step * last / 2) * last
  }
}
