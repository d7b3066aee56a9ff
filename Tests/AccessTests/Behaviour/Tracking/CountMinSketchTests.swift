import Testing
import WeirAccess
import WeirKernel

@Suite struct CountMinSketchTests {
  /// The promise of the paper for four rows: too great by e·N/width with a probability of e⁻⁴.
  @Test("no estimate is too small, and fewer than one in fifty is much too great")
  func bounds() {
    let width = 200
    var sketch = CountMinSketch(width: width)
    var samples = SampleKey(seed: 3).samples(Purpose(rawValue: 5))
    let counts = (0..<5000).map { _ in Int64(samples.below(20)) }
    for (key, count) in counts.enumerated() { sketch.add(UInt64(key) << 20, count) }
    #expect(sketch.total == counts.reduce(0, +))
    let bound = Double(sketch.total) * 2.71828 / Double(width)
    var tooGreat = 0
    for (key, count) in counts.enumerated() {
      let estimate = sketch.estimate(of: UInt64(key) << 20)
      #expect(estimate >= count)
      if Double(estimate - count) > bound { tooGreat += 1 }
    }
    #expect(tooGreat < 5000 / 50)
  }

  @Test("with room enough, counts are exact, and gone when they are removed")
  func exact() {
    var sketch = CountMinSketch(width: 10_000)
    for key in UInt64(0)..<50 { sketch.add(key, Int64(key)) }
    #expect((UInt64(0)..<50).allSatisfy { sketch.estimate(of: $0) == Int64($0) })
    sketch.removeAll()
    #expect(sketch.estimate(of: 7) == 0 && sketch.total == 0)
  }
}
