import Testing
import WeirAccess
import WeirKernel

@Suite struct ProgressivePenaltyTests {
  private let penalty = ProgressivePenalty(
    first: .seconds(10), longest: .seconds(60), forgiveAfter: .seconds(100))

  @Test("running into a limit shuts the gate; asking while it is shut makes it no worse")
  func shuts() {
    let window = FixedWindow(limit: UnitsByPlan(1), per: .seconds(5), alignment: .aligned)
    var test = TestStack(penalty, window)
    let outcomes = [0, 1, 2, 6, 10, 11, 12, 12].map { test.decide(1, at: $0) }
    // Admitted, over the limit at 1 s and shut until 11 s; then in again, and over the limit again.
    #expect(
      outcomes.map { $0.refusal?.reason }
        == [nil, .limit, .behaviour, .behaviour, .behaviour, nil, .limit, .behaviour])
    #expect(outcomes[2].refusal?.retryAfter == .seconds(9))
    #expect(outcomes.last?.refusal?.retryAfter == .seconds(20))
    #expect(test.stack.judges[0].firstFlagged(0) == .second(1))
    #expect(test.stack.judges[0].firstFlagged(1) == nil)
  }

  @Test("other refusals are no violation", arguments: [Reason.overload, .insufficient, .queueFull])
  func others(_ reason: Reason) {
    var account = OneAccount(penalty)
    account.layer.observe(.denied(reason), of: account.request, at: .zero)
    #expect(account.quote(1, at: 1).refusal == nil && !account.layer.isFlagged(0, at: .zero))
  }

  @Test("levels without end neither trap nor outgrow the longest penalty")
  func extremes() {
    for factor in [Ratio.one, Ratio(1000)] {
      var account = OneAccount(
        ProgressivePenalty(
          first: .seconds(1), factor: factor, longest: .seconds(50), forgiveAfter: .days(9)))
      for minute in Int64(0)..<200 {
        account.layer.observe(.denied(.limit), of: account.request, at: .zero + .minutes(minute))
      }
      #expect(account.layer.level(of: 0, at: .zero + .minutes(200)) == 200)
      let wait = account.quote(1, at: (SimTime.zero + .minutes(199)).nanoseconds).refusal?.wait
      #expect(wait == (factor == .one ? 1_000_000_000 : 50_000_000_000))
    }
  }
}
