public import WeirKernel

/// What a tracker of all traffic raised: from when to when it held it for unusual.
@frozen
public struct Alarm: Hashable, Sendable {
  /// The product whose traffic it was.
  public var product: ProductIndex
  /// When it was raised.
  public var raisedAt: SimTime
  /// When traffic was held for usual again; `nil` while it is not.
  public var endedAt: SimTime?

  /// Creates an alarm.
  @inlinable
  public init(product: ProductIndex, raisedAt: SimTime, endedAt: SimTime? = nil) {
    self.product = product
    self.raisedAt = raisedAt
    self.endedAt = endedAt
  }
}

/// How good alarms are against what is known to have happened: delays, misses, false alarms.
///
/// An event is found by the first alarm that is on while it lasts; its delay is counted from the
/// start of the event, and is none when the alarm was on already. An alarm that is on during no
/// event is false.
public struct AlarmScore: Hashable, Sendable {
  /// The delay of each event that was found, in the order of the events.
  public let delays: [SimDuration]
  /// The events that no alarm was on in.
  public let missed: Int
  /// The alarms that were on during no event.
  public let falseAlarms: Int
  /// False alarms a week, in millionths.
  public let falseAlarmsPerWeekMillionths: Int64

  /// Scores the alarms of a run that ends at `end`, against events in any order, each half-open.
  ///
  /// Complexity: the number of alarms times that of events.
  public init(_ alarms: [Alarm], events: [Range<SimTime>], until end: SimTime) {
    func isOn(_ alarm: Alarm, in event: Range<SimTime>) -> Bool {
      alarm.raisedAt < event.upperBound && (alarm.endedAt ?? .distantFuture) > event.lowerBound
    }
    var delays: [SimDuration] = []
    for event in events {
      let raised = alarms.filter { isOn($0, in: event) }.map(\.raisedAt).min()
      if let raised { delays.append(max(.zero, raised - event.lowerBound)) }
    }
    self.delays = delays
    missed = events.count - delays.count
    falseAlarms = alarms.count { alarm in !events.contains { isOn(alarm, in: $0) } }
    let week = Int128(SimDuration.days(7).nanoseconds)
    let time = Int128(max(1, end.nanoseconds))
    falseAlarmsPerWeekMillionths = Int64(Int128(falseAlarms) * 1_000_000 * week / time)
  }
}
