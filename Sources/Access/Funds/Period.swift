import WeirKernel

/// Periods of one length that follow one another from the start of the run.
struct Period: Sendable {
  /// The length of each.
  let length: SimDuration

  /// Creates the periods.
  init(_ length: SimDuration) { self.length = length }

  /// The number of the period in which `time` lies, from 0.
  func number(at time: SimTime) -> Int64 { time.nanoseconds / length.nanoseconds }

  /// When the period ends in which `time` lies; distant where time does not reach that far.
  func end(of time: SimTime) -> SimTime {
    let end = (number(at: time) + 1).multipliedReportingOverflow(by: length.nanoseconds)
    return end.overflow ? .distantFuture : SimTime(nanoseconds: end.partialValue)
  }
}
