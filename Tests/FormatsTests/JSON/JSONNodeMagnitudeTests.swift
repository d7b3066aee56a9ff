import Testing

@testable import WeirFormats

@Suite struct JSONNodeMagnitudeTests {
  @Test("numbers, quantities and durations have a size")
  func sizes() {
    let nodes: [JSONNode] = [2.5, -3, "40k", "1.5M", "7", "5h", "250ms"]
    #expect(nodes.map(\.magnitude) == [2.5, -3, 40_000, 1_500_000, 7, 1.8e13, 2.5e8])
  }

  @Test("other values have none")
  func others() {
    let nodes: [JSONNode] = ["fifo", "", true, .null, [1], ["a": 1]]
    #expect(nodes.allSatisfy { $0.magnitude == nil })
  }
}
