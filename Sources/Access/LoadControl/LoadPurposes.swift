import WeirKernel

/// What the samples of load control are for: numbers from 256 on, each used by one layer.
///
/// Their address is the request's, so that the same attempt meets the same sample under every
/// policy.
extension Purpose {
  /// Whether an ``AdaptiveThrottle`` drops a request.
  static let throttle = Purpose(rawValue: 256)
  /// Whether an ``AdmissionControl`` rejects a request.
  static let admissionControl = Purpose(rawValue: 257)
  /// When a ``VegasLimit`` measures its latency without load again.
  static let vegasProbe = Purpose(rawValue: 258)
  /// When an ``EnvoyGradient`` measures its least latency again.
  static let leastLatency = Purpose(rawValue: 259)
  /// Whether a ``LevelShedding`` drops a request of the level that it sheds in part.
  static let shedding = Purpose(rawValue: 260)

  /// The purpose of the layer that stands behind so many others of its type: the same for the
  /// first, and apart from all numbers below 2¹⁶ for every other.
  func standing(behind others: Int) -> Purpose {
    Purpose(rawValue: rawValue + UInt32(others) << 16)
  }
}
