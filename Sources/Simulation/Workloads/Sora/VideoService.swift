import WeirFormats
import WeirKernel

/// How long a group of accelerators makes a video: more than in proportion to pixels and seconds.
///
/// GPU-seconds = 1,240 · (pixels / 921,600)^1.45 · (seconds / 5)^1.4. They are those of eight
/// accelerators that work together, what is lost by sharing the work included, so that the group
/// is busy for an eighth of them. With another number of accelerators the same GPU-seconds are
/// spread over that many, which the published efficiencies (0.71 to 0.84) bear out roughly.
///
/// Source: Wan2.2 T2V-A14B, 5 s at 1280x720 in 155.1 s on 8 H100 (1,041.5 s on one); exponents from
/// four published pairs of sizes (1.39 to 1.52) and two of frame rates (1.38, 1.46).
struct VideoService: Declared, Hashable {
  private let gpuSeconds: Double
  private let pixelExponent: Double
  private let secondExponent: Double
  private let gpus: Int64
  private let noise: Distribution

  /// Reads the law.
  init(_ fields: Fields) {
    gpuSeconds = fields.value(
      "gpuSeconds", .number(in: 0...1e9), default: 1240,
      "The accelerator time, in seconds, of 5 s at 1280x720, losses included.")
    pixelExponent = fields.value(
      "pixelExponent", .number(in: 0...4), default: 1.45,
      "The power of the pixels, over those of 1280x720, that it grows with.")
    secondExponent = fields.value(
      "secondExponent", .number(in: 0...4), default: 1.4,
      "The power of the length, over 5 s, that it grows with.")
    gpus = fields.value(
      "gpus", .integer(in: 1...100_000), default: 8,
      "The accelerators that work on one video: together they are one server of the fleet.")
    let sigma = fields.value(
      "noise", .number(in: 0...10), default: 0.05,
      "The standard deviation of the logarithm of a factor of median 1, sampled for each video.")
    noise = .lognormal(median: 1, sigma: sigma)
  }

  /// The work of a video whose samples are at `address`.
  func work(pixels: Int64, seconds: Double, at address: CallAddress) -> SimDuration {
    var samples = address.samples(.service)
    let frames = DeterministicMath.pow(Double(pixels) / 921_600, pixelExponent)
    let length = DeterministicMath.pow(seconds / 5, secondExponent)
    return SimDuration(
      rounding: gpuSeconds / Double(gpus) * frames * length * noise.sample(&samples))
  }
}
