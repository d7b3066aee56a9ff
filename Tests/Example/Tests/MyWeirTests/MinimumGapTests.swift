import Testing
import Weir

@testable import MyWeir

@Suite struct MinimumGapTests {
  @Test("the layer holds to the protocol")
  func conformance() {
    let suite = LayerConformance { MinimumGap.read(from: ["gap": "1s"]).value }
    #expect(suite.violations() == [])
  }

  @Test("a minute between requests still serves half of what is asked for")
  func served() throws {
    let check = try ScenarioCheck(
      "gaps.json", extensions: Extensions(adding: .layer(MinimumGap.self)))
    #expect(check.violations() == [])
    #expect(check.violation(of: .servedShare, under: "gaps", ">= 0.5", on: .intervalLower) == nil)
  }
}
