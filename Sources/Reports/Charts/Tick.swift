import WeirFormats
import WeirKernel

/// A place on an axis that has a label.
struct Tick: Equatable {
  let value: Double
  let label: String
}

/// Round numbers for axes: 1, 2 or 5 times a power of ten, and round times.
///
/// Source: Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990.
enum Ticks {
  /// A step of 1, 2 or 5 times a power of ten with at most `count` steps in `length`.
  static func step(for length: Double, atMost count: Int) -> Double {
    precondition(length > 0 && length.isFinite && count > 0)
    let raw = length / Double(count)
    var exponent = Int((DeterministicMath.log(raw) / DeterministicMath.log(10)).rounded(.down))
    // The logarithm may round across a power; the loop below needs one at or under the step.
    if powerOfTen(exponent) > raw { exponent -= 1 }
    for factor in [1.0, 2, 5, 10, 20] where scaled(factor, exponent) >= raw * (1 - 1e-12) {
      return scaled(factor, exponent)
    }
    return scaled(50, exponent)
  }

  /// Ticks at whole multiples of a round step that cover `domain`, ends included.
  ///
  /// `count` is the most steps within the domain.
  static func linear(
    covering domain: ClosedRange<Double>, atMost count: Int, label: (Double, Int) -> String
  ) -> [Tick] {
    let length = domain.upperBound - domain.lowerBound
    guard length > 0 else {
      let middle = domain.lowerBound
      let margin = middle == 0 ? 1 : middle.magnitude / 2
      return linear(covering: middle - margin...middle + margin, atMost: count, label: label)
    }
    let step = step(for: length, atMost: count)
    let first = (domain.lowerBound / step + 1e-9).rounded(.down)
    let last = (domain.upperBound / step - 1e-9).rounded(.up)
    let decimals = decimals(of: step)
    return (0...Int(last - first)).map { index in
      // A product, not a sum: 0.3 is 3 / 10, and not 0.1 + 0.1 + 0.1.
      let value = multiple(first + Double(index), of: step)
      return Tick(value: value, label: label(value, decimals))
    }
  }

  /// The powers of ten that cover `domain`: every one, only every second, third …, or, where there
  /// is room, with 2 and 5 times each of them between.
  static func powers(
    covering domain: ClosedRange<Double>, atMost count: Int, label: (Double) -> String
  ) -> [Tick] {
    precondition(domain.lowerBound > 0)
    var lowest = 0
    while powerOfTen(lowest) > domain.lowerBound { lowest -= 1 }
    while powerOfTen(lowest + 1) <= domain.lowerBound { lowest += 1 }
    var highest = lowest
    while powerOfTen(highest) < domain.upperBound { highest += 1 }
    if highest == lowest { highest += 1 }
    if count >= 3 * (highest - lowest) {
      let between = (lowest..<highest).flatMap { power in
        [1.0, 2, 5].map { scaled($0, power) }
      }
      return (between + [powerOfTen(highest)]).map { Tick(value: $0, label: label($0)) }
    }
    let stride = max(1, (highest - lowest + count - 1) / max(1, count))
    while (highest - lowest) % stride != 0 { highest += 1 }
    return (0...(highest - lowest) / stride).map { index in
      let value = powerOfTen(lowest + index * stride)
      return Tick(value: value, label: label(value))
    }
  }

  /// Times in seconds at round clock steps within `domain`.
  static func times(within domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    let length = domain.upperBound - domain.lowerBound
    guard length > 0 else { return [] }
    let step = clockSteps.first { length / $0 <= Double(count) } ?? daysStep(length, count)
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first else { return [] }
    return (0...Int(last - first)).map { index in
      let value = (first + Double(index)) * step
      return Tick(value: value, label: timeLabel(value, step: step))
    }
  }

  /// Hours of the day within `domain`, and where a day begins its name, at round clock steps.
  ///
  /// The 0 of the domain is `startHour` hours after Monday 00:00, or after midnight where days have
  /// no names.
  static func clock(
    within domain: ClosedRange<Double>, atMost count: Int, startHour: Int, hasWeekdays: Bool
  ) -> [Tick] {
    let start = Double(startHour) * 3600
    let shifted = domain.lowerBound + start...domain.upperBound + start
    return times(within: shifted, atMost: count).map { tick in
      let minutes = Int((tick.value / 60).rounded())
      let (day, minute) = (minutes / 1440 % 7, minutes % 1440)
      let hour = padded(minute / 60) + ":" + padded(minute % 60)
      let isMidnight = minute == 0 && hasWeekdays
      return Tick(value: tick.value - start, label: isMidnight ? weekdays[day] : hour)
    }
  }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }

  private static let clockSteps: [Double] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    172_800, 604_800, 1_209_600, 2_419_200,
  ]

  private static func daysStep(_ length: Double, _ count: Int) -> Double {
    86_400 * step(for: length / 86_400, atMost: count)
  }

  private static func timeLabel(_ value: Double, step: Double) -> String {
    if value == 0 { return "0" }
    for (unit, size) in [("d", 86_400.0), ("h", 3600), ("min", 60)] {
      if step.truncatingRemainder(dividingBy: size) == 0 {
        return NumberText.shortest(value / size) + " " + unit
      }
    }
    return NumberText.shortest(value) + " s"
  }

  /// Round durations in seconds that cover `domain` on a logarithmic axis.
  static func durations(covering domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    precondition(domain.lowerBound > 0)
    let all = durationSteps
    let first = all.lastIndex { $0.seconds <= domain.lowerBound } ?? 0
    let last = max(
      first + 1, all.firstIndex { $0.seconds >= domain.upperBound } ?? all.count - 1)
    let stride = max(1, (last - first + count - 1) / max(1, count))
    let end = min(all.count - 1, first + (last - first + stride - 1) / stride * stride)
    return Swift.stride(from: first, through: end, by: stride).map {
      Tick(value: all[$0].seconds, label: all[$0].label)
    }
  }

  private static let durationSteps: [(seconds: Double, label: String)] = [
    (1e-9, "1 ns"), (1e-8, "10 ns"), (1e-7, "100 ns"), (1e-6, "1 µs"), (1e-5, "10 µs"),
    (1e-4, "100 µs"), (1e-3, "1 ms"), (1e-2, "10 ms"), (0.1, "100 ms"), (1, "1 s"), (10, "10 s"),
    (60, "1 min"), (600, "10 min"), (3600, "1 h"), (36_000, "10 h"), (345_600, "4 d"),
    (3_456_000, "40 d"), (34_560_000, "400 d"),
  ]

  // MARK: Numbers

  /// The decimals that tell multiples of `step` apart.
  static func decimals(of step: Double) -> Int {
    var decimals = 0
    while decimals < 15, powerOfTen(-decimals) > step * (1 + 1e-9) { decimals += 1 }
    return decimals
  }

  private static func multiple(_ count: Double, of step: Double) -> Double {
    step < 1 ? count / (1 / step).rounded() : count * step
  }

  private static func scaled(_ factor: Double, _ exponent: Int) -> Double {
    exponent < 0 ? factor / powerOfTen(-exponent) : factor * powerOfTen(exponent)
  }

  /// Ten to a power; exact up to 10^22.
  static func powerOfTen(_ exponent: Int) -> Double {
    let power = (0..<exponent.magnitude).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? 1 / power : power
  }
}
