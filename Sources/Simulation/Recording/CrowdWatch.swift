import WeirKernel

/// What happened while flash crowds lasted, within the measured time.
///
/// Running totals are read where a crowd begins and where it ends, so that a run pays for nothing
/// in between.
struct CrowdWatch: Sendable {
  /// Beginnings and ends in turn, ascending.
  private let boundaries: [SimTime]
  private var place = 0
  /// Attempts while a crowd lasted.
  private(set) var attempts: Int64 = 0
  /// Those that were refused.
  private(set) var denied: Int64 = 0
  /// The area under the queue while a crowd lasted, in request-nanoseconds.
  private(set) var queued: Int128 = 0
  /// How long crowds lasted together.
  let length: SimDuration

  /// Watches the crowds of all products, as far as they are `within` the measured time.
  init(_ crowds: [Range<SimTime>], within measured: Range<SimTime>) {
    let clamped = crowds.map { $0.clamped(to: measured) }.filter { !$0.isEmpty }
    let merged = Self.merged(clamped)
    boundaries = merged.flatMap { [$0.lowerBound, $0.upperBound] }
    length = merged.reduce(.zero) { $0 + ($1.upperBound - $1.lowerBound) }
  }

  /// The next time at which totals are to be read; distant when there is none.
  var next: SimTime { place < boundaries.count ? boundaries[place] : .distantFuture }

  /// Reads the totals at the time ``next``.
  mutating func read(_ conservation: Conservation, _ areas: LevelAreas) {
    let sign: Int64 = place % 2 == 0 ? -1 : 1
    attempts += sign * conservation.attempts
    denied += sign * conservation.denied
    queued += Int128(sign) * areas.queued
    place += 1
  }

  /// The times that are in any of `ranges`, each once, ascending; ranges that touch become one.
  static func merged(_ ranges: [Range<SimTime>]) -> [Range<SimTime>] {
    ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
      .reduce(into: []) { merged, range in
        guard let last = merged.last, range.lowerBound <= last.upperBound else {
          merged.append(range)
          return
        }
        let end = max(last.upperBound, range.upperBound)
        merged[merged.count - 1] = last.lowerBound..<end
      }
  }
}
