import Testing
import WeirAccess
import WeirKernel

@Suite struct PromotionTests {
  @Test("it lasts from its start until just before its end")
  func lasts() {
    var promotion = OneAccount(Promotion(units: 5, from: .second(10), until: .second(20)))
    let early = promotion.quote(2, at: 4_000_000_000)
    #expect(early.refusal == Refusal(reason: .excluded, retryAfter: .seconds(6)))
    #expect(promotion.take(3, at: 10_000_000_000) == nil)
    #expect(promotion.quote(3, at: 19_999_999_999).payable == 2)
    #expect(promotion.quote(1, at: 20_000_000_000).refusal?.reason == .excluded)
  }

  @Test("it is for the plans named and no others")
  func plans() {
    var promotion = Promotion(units: 5, until: .second(20), plans: ["plus"])
    promotion.prepare(
      for: Directory(planOfAccount: [0, 1], plans: [Plan(name: "free"), Plan(name: "plus")]))
    let payable = [UInt32(0), 1].map { account in
      promotion.quote(
        3, of: Request(account: account, plan: UInt16(account), cost: 3), at: .zero, .none
      ).payable.count
    }
    #expect(payable == [0, 3])
  }
}
