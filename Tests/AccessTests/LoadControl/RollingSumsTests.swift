import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct RollingSumsTests {
  @Test("a window holds what its buckets hold, whoever asks and however often")
  func window() {
    var sums = RollingSums(.seconds(10), buckets: 5)
    for second in Int64(0)..<20 { sums.add(1, second, at: .second(second)) }
    // At 19 s the buckets from 10 s on are there.
    #expect(sums.total(at: .second(19)) == (10, 145))
    #expect(sums.total(at: .second(20)) == (8, 124), "a bucket leaves with its whole length")
    #expect(sums.total(at: .second(19)) == (10, 145), "asking changes nothing")
    #expect(sums.total(at: .second(40)) == (0, 0))
  }

  @Test("full buckets are all but the one that is being filled")
  func full() {
    var sums = RollingSums(.seconds(3), buckets: 3)
    for second in Int64(0)..<3 { sums.add(second + 1, 0, at: .second(second)) }
    var seen: [Int64] = []
    sums.forEachFull(at: .second(2)) { seen.append($0.first) }
    #expect(seen == [1, 2])
  }
}
