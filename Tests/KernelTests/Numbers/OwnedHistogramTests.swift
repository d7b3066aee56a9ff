import Testing

@testable import WeirKernel

@Suite struct OwnedHistogramTests {
  @Test("it has counted what a histogram would, unbounded values included")
  func counts() {
    var owned = OwnedHistogram()
    var shared = Histogram()
    var samples = SampleKey(seed: 3).samples(Purpose(rawValue: 1))
    for _ in 0..<2000 {
      // Every order of magnitude from 1 to the greatest value there is.
      let value = Int64(samples.next() >> (1 + samples.below(63)))
      owned.record(value)
      shared.record(value)
    }
    owned.record(.max)
    shared.record(.max)
    shared.recordUnbounded(count: 5)
    #expect(owned.histogram(unbounded: 5) == shared)
  }

  @Test("without values it is an empty histogram")
  func empty() {
    let owned = OwnedHistogram()
    #expect(owned.histogram() == Histogram())
  }
}
