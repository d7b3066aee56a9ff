import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct TokenWorkTests {
  private func demand(_ input: Int64, _ cached: Int64, _ output: Int64) -> Demand {
    var demand = Demand()
    (demand.input, demand.cachedInput, demand.output) = (input, cached, output)
    return demand
  }

  @Test("the work of a call is exact in its tokens")
  func exact() {
    let work = TokenWork.read(from: .object([])).value
    // 1.31 s + 875 (19.4 + 14.4) us + 119,000 x 14.4 us until the first token, then 214 x 14.8 ms.
    let (first, all) = work.work(of: demand(875, 119_000, 214))
    #expect(first == SimDuration(nanoseconds: 1_310_000_000 + 29_575_000 + 1_713_600_000))
    #expect(all - first == SimDuration(nanoseconds: 3_167_200_000))
    #expect(work.work(of: demand(0, 0, 0)).all == .milliseconds(1310))
  }

  @Test("the times are fields; no sum is longer than a run can follow")
  func fields() {
    let work = TokenWork.read(
      from: ["call": "1s", "outputToken": "2s", "newInputToken": "3s", "inputToken": "4s"]
    ).value
    #expect(work.work(of: demand(1, 1, 1)).all == .seconds(1 + 2 + 3 + 8))
    #expect(
      work.work(of: demand(1_000_000_000, 0, 1_000_000_000)).all.nanoseconds
        == TraceLimits.nanoseconds.upperBound)
  }
}
