import WeirAccess
import WeirFormats
import WeirKernel

/// How long a call takes that has a server for itself: linear in its tokens, with some noise.
///
/// Source: least squares over 44,000 calls of a coding agent (kv-cache-tester), R² 0.88: 1.31 s,
/// 14.8 ms for each output token (67.6 a second), 19.4 µs for each new input token, 14.4 µs for
/// each input token. It was measured on servers that others used as well, so that it overstates
/// what a call alone would take.
struct TokenService: Declared, Hashable {
  private let base: SimDuration
  private let perOutput: SimDuration
  private let perNewInput: SimDuration
  private let perInput: SimDuration
  private let noise: Distribution

  /// The times of one call.
  struct Work: Hashable {
    var total: SimDuration
    var toFirstToken: SimDuration
  }

  /// Reads the law.
  init(_ fields: Fields) {
    base = fields.value(
      "base", .span, default: .milliseconds(1310), "The time of any call.")
    perOutput = fields.value(
      "perOutput", .span, default: SimDuration(nanoseconds: 14_800_000),
      "The time of each output token, after the first has come.")
    perNewInput = fields.value(
      "perNewInput", .span, default: SimDuration(nanoseconds: 19_400),
      "The time of each input token that no cache holds.")
    perInput = fields.value(
      "perInput", .span, default: SimDuration(nanoseconds: 14_400),
      "The time of each input token, cached or not.")
    let sigma = fields.value(
      "noise", .number(in: 0...10), default: 0.25,
      "The standard deviation of the logarithm of a factor of median 1, sampled for each call.")
    noise = .lognormal(median: 1, sigma: sigma)
  }

  /// The work of a call whose samples are at `address`.
  func work(of input: ContextGrowth.Input, output: Int64, at address: CallAddress) -> Work {
    let before =
      Double(base.nanoseconds) + Double(perNewInput.nanoseconds) * Double(input.new)
      + Double(perInput.nanoseconds) * Double(input.new + input.cached)
    let after = Double(perOutput.nanoseconds) * Double(output)
    var samples = address.samples(.service)
    let factor = noise.sample(&samples) * 1e-9
    return Work(
      total: SimDuration(rounding: (before + after) * factor),
      toFirstToken: SimDuration(rounding: before * factor))
  }
}
