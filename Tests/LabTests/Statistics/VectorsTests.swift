import Testing

@Suite struct VectorsTests {
  @Test("the generator of the data rules gives its published first outputs")
  func publishedOutputs() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    generator = SplitMix64(seed: 42)
    #expect(generator.uniform() == 0.7415648787718233)
  }

  @Test("an undefined or invalid result is never close to a number")
  func accuracyOfNothing() {
    var accuracy = Accuracy()
    accuracy.compare(nil, nil, "both undefined")
    #expect(accuracy.worst == 0)
    accuracy.compare(.nan, 1, "not a number")
    #expect(accuracy.worst == .infinity)
    accuracy = Accuracy()
    accuracy.compare(nil, 1, "undefined")
    #expect(accuracy.worst == .infinity)
  }
}
