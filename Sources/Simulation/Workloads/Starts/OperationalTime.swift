import WeirKernel

/// The clock of demand: it runs faster than time where sessions start more often than usual.
///
/// A process that is stationary in operational time has in real time the rate of a weekly profile
/// times a flash crowd: sessions start where the integrated rate has reached the sum of their gaps.
/// The rate is constant in pieces, hours and shorter ones while a crowd comes and goes, and the
/// integral exact at their ends; so no root is sought and every machine agrees.
///
/// ## Complexity
/// Logarithmic in the number of pieces: 168 for a profile alone.
struct OperationalTime: Sendable {
  private static let hour = SimDuration.hours(1).nanoseconds
  private static let week = hour * Int64(WeeklyProfile.hoursOfWeek)

  /// A stretch of time with one rate.
  private struct Piece {
    /// When it begins, in nanoseconds of the run.
    let start: Int64
    /// The operational seconds until then.
    let elapsed: Double
    /// The operational seconds that pass in a second of it.
    let rate: Double
  }

  /// All pieces until the crowd has gone, then those of a week that is repeated for ever.
  private var pieces: [Piece] = []
  private var elapsedInWeek = 0.0
  private let repeatsFrom: Int64
  private let repeatsAt: Double
  /// When a crowd makes the clock run faster than usual; none for a profile alone.
  let crowds: [Range<SimTime>]

  /// The clock of `profile` with a crowd; `nil` when it would run like time itself.
  init?(_ profile: WeeklyProfile?, _ crowd: FlashCrowd?) {
    let profile = profile.flatMap { $0.isFlat ? nil : $0 }
    if profile == nil && crowd == nil { return nil }
    crowds = crowd?.label.map { [$0] } ?? []
    var time: Int64 = 0
    var elapsed = 0.0
    var pieces: [Piece] = []
    func add(until end: Int64, _ crowd: FlashCrowd?) {
      let hours = Int(time / Self.hour) % WeeklyProfile.hoursOfWeek
      let factor = crowd?.meanFactor(
        from: SimDuration(nanoseconds: time), to: SimDuration(nanoseconds: end))
      let rate = (profile?.factors[hours] ?? 1) * (factor ?? 1)
      pieces.append(Piece(start: time, elapsed: elapsed, rate: rate))
      elapsed += Double(end - time) * 1e-9 * rate
      time = end
    }
    if let crowd {
      while time < crowd.end.nanoseconds {
        let step = crowd.step(at: SimDuration(nanoseconds: time)).nanoseconds
        add(until: min(time + step, (time / Self.hour + 1) * Self.hour), crowd)
      }
      add(until: (time / Self.hour + 1) * Self.hour, nil)
    }
    repeatsFrom = time
    repeatsAt = elapsed
    for _ in 0..<WeeklyProfile.hoursOfWeek { add(until: time + Self.hour, nil) }
    elapsedInWeek = elapsed - repeatsAt
    self.pieces = pieces
  }

  /// The operational seconds from the start of the run until `time`, which is not before it.
  func elapsed(until time: SimTime) -> Double {
    let beyond = time.nanoseconds - repeatsFrom
    let weeks = beyond > 0 ? beyond / Self.week : 0
    let place = time.nanoseconds - weeks * Self.week
    let piece = pieces[index { $0.start <= place }]
    let within = piece.elapsed + Double(place - piece.start) * 1e-9 * piece.rate
    return within + Double(weeks) * elapsedInWeek
  }

  /// When so many operational seconds have passed; `nil` after more than ten thousand weeks.
  func time(ofElapsed elapsed: Double) -> SimTime? {
    let weeks = elapsed > repeatsAt ? (elapsed - repeatsAt) / elapsedInWeek : 0
    guard weeks < 10_000 else { return nil }
    let whole = Int64(weeks)
    let rest = elapsed - Double(whole) * elapsedInWeek
    let piece = pieces[index { $0.elapsed <= rest }]
    guard piece.rate > 0 else { return SimTime(nanoseconds: piece.start + whole * Self.week) }
    let within = SimDuration(rounding: (rest - piece.elapsed) / piece.rate)
    return SimTime(nanoseconds: piece.start + whole * Self.week + within.nanoseconds)
  }

  /// The last piece for which `isReached` holds, which holds for the first ones; at least the
  /// first.
  private func index(_ isReached: (Piece) -> Bool) -> Int {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if isReached(pieces[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}
