import Testing
import WeirKernel

@Suite struct SampleKeyTests {
  let root = SampleKey(seed: 20_261_122)

  @Test("siblings, names, and children of other nodes have keys of their own")
  func distinctKeys() {
    var keys: Set<SampleKey> = [root]
    for index: UInt64 in 0..<3000 { keys.insert(root.child(index)) }
    for index: UInt64 in 0..<3000 { keys.insert(root.child(5000).child(index)) }
    for name in ["", "a", "b", "ab", "ba", "\0", "\0a", "plus", "plus-coders"] {
      keys.insert(root.child(named: name))
      keys.insert(root.child(named: name).child(0))
    }
    #expect(keys.count == 1 + 6000 + 18)
  }

  @Test("a name is not the path of its letters")
  func namesAreNoPaths() {
    #expect(root.child(named: "ab") != root.child(named: "a").child(named: "b"))
    #expect(root.child(named: "\0a") != root.child(named: "").child(named: "a"))
    #expect(root.child(named: "a") != root.child(UInt64(UInt8(ascii: "a"))))
  }

  @Test("a purpose or an index has samples of its own, and the same ones each time")
  func addresses() {
    var words: Set<UInt64> = []
    for purpose: UInt32 in 0..<20 {
      for index: UInt32 in 0..<20 {
        var samples = root.samples(Purpose(rawValue: purpose), index: index)
        var again = root.samples(Purpose(rawValue: purpose), index: index)
        for _ in 0..<5 {
          let word = samples.next()
          #expect(again.next() == word)
          words.insert(word)
        }
      }
    }
    #expect(words.count == 20 * 20 * 5)
  }

  /// |r| beyond 5/√n has a probability below 1e-6.
  @Test("first samples of siblings are not correlated, whatever the distance", arguments: 1...5)
  func serialCorrelation(lag: Int) {
    let count = 20_000
    let values = (0..<count + lag).map { index in
      var samples = root.child(UInt64(index)).samples(Purpose(rawValue: 1))
      return samples.uniform() - 0.5
    }
    let sum = (0..<count).reduce(0.0) { $0 + values[$1] * values[$1 + lag] }
    let correlation = sum * 12 / Double(count)
    #expect(abs(correlation) < 5 / Double(count).squareRoot())
  }
}
