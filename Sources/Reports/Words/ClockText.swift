import WeirFormats
import WeirKernel

/// Simulated times as a clock shows them, all of the same width: `0:00:12.500`, `6 d 13:05:00.000`.
struct ClockText {
  private let hasDays: Bool
  private let width: Int

  /// A clock for times up to `latest`.
  init(upTo latest: SimTime) {
    hasDays = latest.nanoseconds >= 86_400_000_000_000
    width = Self.text(latest, hasDays: hasDays).count
  }

  /// The time, cut to milliseconds, to the right of its column.
  func text(_ time: SimTime) -> String {
    let text = Self.text(time, hasDays: hasDays)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func text(_ time: SimTime, hasDays: Bool) -> String {
    let milliseconds = max(0, time.nanoseconds) / 1_000_000
    let (minutes, rest) = (milliseconds / 60_000, milliseconds % 60_000)
    let (hours, minute) = (minutes / 60, minutes % 60)
    let hour = hasDays ? "\(hours / 24) d \(padded(hours % 24, 2))" : "\(hours)"
    return "\(hour):\(padded(minute, 2)):\(padded(rest / 1000, 2)).\(padded(rest % 1000, 3))"
  }

  private static func padded(_ number: Int64, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
