public import WeirAccess
public import WeirKernel

/// An alarm of one run, and whether there was reason for it.
public struct AlarmRecord: Sendable, Hashable {
  /// The layer that raised it, as an index into the stack.
  public let layer: Int
  /// The alarm.
  public let alarm: Alarm
  /// When the flash crowd began during which it was on, the first of them; `nil` for a false alarm.
  public let crowdBeganAt: SimTime?
}
