import WeirAccess
import WeirFormats
import WeirKernel

/// A sudden crowd that fades away: the rate is multiplied by 1 + A·(1 − e^(−t/rise))·e^(−t/decay).
///
/// Source: the launches of ChatGPT's images and of Sora, whose sign-ups in the first hours bracket
/// the amplitude between 10 and 100; the shape is an assumption.
struct FlashCrowd: Declared, Hashable, Sendable {
  /// When the crowd begins to come.
  var start: SimDuration
  /// The extra rate over the usual one that it would reach if it did not fade.
  var amplitude: Double
  /// The time in which it comes.
  var rise: SimDuration
  /// The time in which it fades.
  var decay: SimDuration

  /// Creates a crowd.
  init(start: SimDuration, amplitude: Double, rise: SimDuration, decay: SimDuration) {
    self.start = start
    self.amplitude = amplitude
    self.rise = rise
    self.decay = decay
  }

  /// Reads the crowd.
  init(_ fields: Fields) {
    let longest = SimDuration.days(60)
    start = fields.value("start", .span, default: .zero, "When the crowd begins to come.")
    amplitude = fields.required(
      "amplitude", .number(in: 0...1_000_000),
      "The extra rate, in multiples of the usual one, that it would reach if it did not fade.")
    rise = fields.value(
      "rise", .span(from: .seconds(1)), default: .hours(1), "The time in which it comes.")
    decay = fields.value(
      "decay", .span(from: .seconds(1)), default: .days(4), "The time in which it fades.")
    fields.check(start <= .days(3650), at: "start", expected: "a time within ten years")
    fields.check(rise <= longest, at: "rise", expected: "a time of at most 60 days")
    fields.check(decay <= longest, at: "decay", expected: "a time of at most 60 days")
    start = min(start, .days(3650))
    rise = min(rise, longest)
    decay = min(decay, longest)
  }

  /// The time for which it counts as a crowd: until the rate is at most a tenth above the usual
  /// one for good; `nil` for one that never brings more than that.
  ///
  /// While a crowd fades, its rate is below A·e^(−t/decay), which is a tenth at decay·ln(10·A).
  var label: Range<SimTime>? {
    guard amplitude > 0.1 else { return nil }
    let length = decay.seconds * DeterministicMath.log(10 * amplitude)
    let begin = SimTime.zero + start
    return begin..<max(begin, begin + SimDuration(rounding: length))
  }

  /// When nothing is left of it: after e^(−37), less than a double can add to 1 for usual crowds.
  var end: SimDuration { SimDuration(nanoseconds: start.nanoseconds + 37 * decay.nanoseconds) }

  /// The longest time from `time` on for which the rate may be taken as level.
  ///
  /// A twentieth of the time in which it changes, which is `rise` at first, then `decay`.
  func step(at time: SimDuration) -> SimDuration {
    if time < start { return start - time }
    let isRising = time.nanoseconds < start.nanoseconds + 20 * rise.nanoseconds
    let scale = isRising ? min(rise, decay) : decay
    return SimDuration(nanoseconds: scale.nanoseconds / 20)
  }

  /// The mean factor between two times, exact: the integral over the length.
  func meanFactor(from first: SimDuration, to second: SimDuration) -> Double {
    1 + (extra(until: second) - extra(until: first)) / (second - first).seconds
  }

  /// The integral of the extra rate, in seconds.
  private func extra(until time: SimDuration) -> Double {
    guard time > start else { return 0 }
    let elapsed = (time - start).seconds
    let both = rise.seconds * decay.seconds / (rise.seconds + decay.seconds)
    return amplitude
      * (Self.saturation(elapsed, decay.seconds) - Self.saturation(elapsed, both))
  }

  /// The integral of e^(−t/scale) from 0 to `elapsed`.
  private static func saturation(_ elapsed: Double, _ scale: Double) -> Double {
    scale * (1 - DeterministicMath.exp(-elapsed / scale))
  }
}
