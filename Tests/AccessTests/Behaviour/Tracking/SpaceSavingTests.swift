import Testing
import WeirAccess
import WeirKernel

@Suite struct SpaceSavingTests {
  /// A stream in which key k has about twice the share of key k + 1.
  private func stream(_ seed: UInt64) -> [UInt64] {
    var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 5))
    return (0..<20_000).map { _ in UInt64(samples.next().leadingZeroBitCount) * 7 % 61 }
  }

  @Test("counts are never too small, never too great by more than their error, and none is missed")
  func bounds() {
    for seed in UInt64(1)...5 {
      let keys = stream(seed)
      var summary = SpaceSaving(capacity: 8)
      var truth: [UInt64: Int64] = [:]
      for key in keys {
        summary.add(key)
        truth[key, default: 0] += 1
      }
      #expect(summary.total == 20_000 && summary.top(100).count == 8)
      for entry in summary.top(8) {
        let count = truth[entry.key] ?? 0
        #expect(entry.count >= count && entry.count - entry.error <= count, "seed \(seed)")
        #expect(entry.error <= 20_000 / 8, "seed \(seed)")
      }
      for (key, count) in truth where count > 20_000 / 8 {
        #expect(summary.entry(of: key) != nil, "key \(key), seed \(seed)")
      }
    }
  }

  @Test("of equal counts the least key goes, and comes first among the greatest")
  func ties() {
    var summary = SpaceSaving(capacity: 3)
    for key: UInt64 in [9, 5, 7] { summary.add(key) }
    #expect(summary.top(3).map(\.key) == [5, 7, 9])
    summary.add(1)
    #expect(summary.entry(of: 5) == nil)
    #expect(summary.entry(of: 1) == SpaceSaving.Entry(key: 1, count: 2, error: 1))
  }
}
