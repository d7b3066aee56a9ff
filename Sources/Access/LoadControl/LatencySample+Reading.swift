import WeirFormats
import WeirKernel

extension LatencySample {
  /// What a request that has ended tells of the latency; `nil` when it tells nothing.
  ///
  /// A request that failed by itself says nothing of the load.
  init?(_ feedback: Feedback, underWay: Int64) {
    switch feedback {
    case .completed(_, let latency):
      self.init(latency: max(1, latency.nanoseconds), underWay: underWay, isDrop: false)
    case .abandoned(let waited):
      self.init(latency: max(1, waited.nanoseconds), underWay: underWay, isDrop: true)
    case .admitted, .denied, .started, .failed: return nil
    }
  }
}

extension Fields {
  /// The fields of limits that learn from latencies: window, its least requests, and the hint.
  func latencyWindow() -> (window: SimDuration, requests: Int64, retryAfter: SimDuration) {
    let window = value(
      "window", .span, default: .zero,
      "The length of a window whose mean latency is one sample; 0s makes each request a sample.")
    let requests = value(
      "windowRequests", .integer(in: 1...1_000_000), default: 10,
      "The least number of requests in a window; one with fewer is thrown away.")
    return (window, requests, retryHint())
  }

  /// The field `retryAfter`: the wait that a refusal names where nobody can know it.
  func retryHint() -> SimDuration {
    value(
      "retryAfter", .span(from: SimDuration(nanoseconds: 1)), default: .seconds(1),
      "The wait that a refusal names.")
  }
}
