import WeirAccess
import WeirKernel

/// How many intervals pass before a detector finds something in normal counts.
struct RunLength {
  /// The mean of the counts, of which the standard deviation is 1,000.
  var mean: Int64
  var seed: UInt64 = 1

  /// The mean run length over `runs` runs, each with a detector of its own.
  func average(_ detector: some Detector, runs: Int) -> Double {
    var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 3))
    var total = 0
    for _ in 0..<runs {
      var detector = detector
      detector.prepare(for: .alike(accounts: 1), series: 1)
      while true {
        total += 1
        let count = mean + Int64((samples.normal() * 1000).rounded())
        if detector.standsOut(count, of: 0) { break }
        detector.learn(count, of: 0, isViolation: false)
      }
    }
    return Double(total) / Double(runs)
  }
}
