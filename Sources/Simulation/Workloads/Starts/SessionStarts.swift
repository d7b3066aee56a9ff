import WeirKernel

/// When the sessions of an account start: a renewal process in the time of its demand.
///
/// Each gap is addressed by the number of the session that it precedes. The gaps of an account of
/// weight 2 are half as long.
struct SessionStarts: Sendable {
  private let gap: Distribution
  /// The gap in which a run begins that has been going on for ever; `nil` for a process that begins
  /// with the run.
  private let gapAtStart: Distribution?
  private let clock: OperationalTime?

  /// An ordinary renewal process: its first gap begins with the run.
  ///
  /// For exponential gaps that is the stationary process too; any other has a transient.
  init(gap: Distribution, _ clock: OperationalTime?) {
    self.gap = gap
    self.clock = clock
    gapAtStart = nil
  }

  /// A stationary renewal process of gamma gaps with a coefficient of variation.
  ///
  /// A run begins within a gap that is length-biased, at a uniform place of it. The length-biased
  /// law of a gamma law is the gamma law of the same scale and a shape greater by one.
  init(perDay: Double, variation: Double, _ clock: OperationalTime?) {
    let mean = 86_400 / perDay
    self.clock = clock
    guard variation > 0 else {
      gap = .constant(mean)
      gapAtStart = gap
      return
    }
    let shape = 1 / (variation * variation)
    gap = .gamma(shape: shape, mean: mean)
    gapAtStart = .gamma(shape: shape + 1, mean: mean / shape * (shape + 1))
  }

  /// When crowds come, so that sessions start more often than usual.
  var crowds: [Range<SimTime>] { clock?.crowds ?? [] }

  /// When session `number` of `account` starts, which follows the one that started at `previous`.
  @inline(__always)
  func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    var samples = account.key.samples(.gap, index: number)
    var wait: Double
    if number == 0, let gapAtStart {
      wait = samples.uniform() * gapAtStart.sample(&samples)
    } else {
      wait = gap.sample(&samples)
    }
    if account.weight != 1 { wait /= account.weight }
    guard let clock else {
      let span = SimDuration(rounding: wait)
      let (time, overflow) = previous.nanoseconds.addingReportingOverflow(span.nanoseconds)
      return overflow ? nil : SimTime(nanoseconds: time)
    }
    return clock.time(ofElapsed: clock.elapsed(until: previous) + wait).map { max(previous, $0) }
  }
}
