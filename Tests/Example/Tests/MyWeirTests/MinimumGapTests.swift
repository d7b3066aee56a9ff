import Testing
import Weir

@testable import MyWeir

@Suite struct MinimumGapTests {
  @Test("the layer holds to the protocol")
  func conformance() {
    let suite = LayerConformance { MinimumGap.read(from: ["gap": "1s"]).value }
    #expect(suite.violations() == [])
  }
}
