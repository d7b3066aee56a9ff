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

  /// Scores alarms against events in any order, each half-open.
  ///
  /// Events that begin, and alarms that are raised, from `start` to before `end` count. An alarm
  /// is not false because its event began before that, and an event is found by an alarm that was
  /// raised before that and is still on.
  ///
  /// Complexity: the number of alarms times that of events.
  public init(
    _ alarms: [Alarm], events: [Range<SimTime>], from start: SimTime = .zero, until end: SimTime
  ) {
    let alarms = alarms.filter { $0.raisedAt < end }
    let counted = events.filter { $0.lowerBound >= start && $0.lowerBound < end }
    var delays: [SimDuration] = []
    for event in counted {
      let raised = alarms.filter { $0.isOn(in: event) }.map(\.raisedAt).min()
      if let raised { delays.append(max(.zero, raised - event.lowerBound)) }
    }
    self.delays = delays
    missed = counted.count - delays.count
    falseAlarms = alarms.count { alarm in
      alarm.raisedAt >= start && !events.contains { alarm.isOn(in: $0) }
    }
    let week = Int128(SimDuration.days(7).nanoseconds)
    let time = Int128(max(1, (end - start).nanoseconds))
    falseAlarmsPerWeekMillionths = Int64(Int128(falseAlarms) * 1_000_000 * week / time)
  }
}

extension Alarm {
  /// Whether the alarm is on at some time of `event`, which is half-open.
  public func isOn(in event: Range<SimTime>) -> Bool {
    raisedAt < event.upperBound && (endedAt ?? .distantFuture) > event.lowerBound
  }
}
