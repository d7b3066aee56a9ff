import Testing
import WeirAccess
import WeirKernel

@Suite struct BehaviourLadderTests {
  /// Asks `count` times in the minute number `minute`, evenly, and returns how often it was let in.
  private func ask(
    _ test: inout TestStack, _ count: Int64, inMinute minute: Int64, account: UInt32 = 0
  ) -> Int {
    (0..<count).count { place in
      let now =
        SimTime.zero + .minutes(minute)
        + SimDuration(nanoseconds: 60_000_000_000 / count * place)
      let request = test.request(1, account: account)
      return test.stack.decide(request, at: now, .none).outcome == .admit
    }
  }

  private func ladder(
    _ detector: any Detector = CeilingDetector(above: UnitsByPlan(20)),
    _ body: (inout BehaviourLadder.Terms) -> Void = { _ in }
  ) -> BehaviourLadder {
    var terms = BehaviourLadder.Terms()
    body(&terms)
    return BehaviourLadder(terms, detector: detector)
  }

  @Test("a steady account is never flagged; one that bursts is, within the minute")
  func burst() {
    var test = TestStack(BehaviourLadder())
    for minute in Int64(0)..<10 {
      #expect(ask(&test, 6 + minute % 3, inMinute: minute) == Int(6 + minute % 3))
      _ = ask(&test, 6, inMinute: minute, account: 1)
    }
    #expect(test.stack.judges[0].firstFlagged(0) == nil)
    _ = ask(&test, 60, inMinute: 10)
    let found = test.stack.judges[0].firstFlagged(0) ?? .distantFuture
    #expect(found > .zero + .minutes(10) && found < .zero + .minutes(10) + .seconds(20))
    #expect(test.stack.judges[0].isFlagged(0, at: .zero + .minutes(11)))
    #expect(!test.stack.judges[0].isFlagged(1, at: .zero + .minutes(11)))
  }

  @Test("each minute of abuse is a rung: observe, slow, shrink, block; silence forgives")
  func climbs() {
    var test = TestStack(ladder())
    let admitted = (Int64(0)..<5).map { ask(&test, 60, inMinute: $0) }
    // The 21st call of each minute, in its 20th second, is the violation. In minute 0 it is only
    // noticed. In minute 1 the calls after it pass every 10 s: 21 and 3. Minute 2 begins so: 3 pass
    // up to the violation, then as many as make 5. Minute 3 has its 5, and then none passes.
    #expect(admitted == [60, 24, 5, 5, 0])
    guard let ladder = test.stack.layers[0] as? BehaviourLadder else { return }
    let end = SimTime.zero + .minutes(5)
    #expect(ladder.rung(of: 0, at: end) == .block)
    #expect(ladder.rung(of: 0, at: end + .minutes(10)) == .shrink)
    #expect(ladder.rung(of: 0, at: end + .minutes(40)) == nil)
    #expect(!ladder.isFlagged(0, at: end + .minutes(40)))
    #expect(ladder.firstFlagged(0) == .second(20), "what was found stays known")
    #expect(ladder.firstActedAgainst(0) == .second(80), "observing is not acting")
  }

  @Test("in shadow everything is found and nothing refused")
  func shadow() {
    var test = TestStack(ladder { $0.shadow = true })
    let admitted = (Int64(0)..<5).reduce(0) { $0 + ask(&test, 60, inMinute: $1) }
    #expect(admitted == 300)
    #expect(test.stack.judges[0].isFlagged(0, at: .zero + .minutes(5)))
    #expect(test.stack.judges[0].firstActedAgainst(0) == .second(80))
  }

  @Test("a lasting change is accepted only when violations are learnt", arguments: [false, true])
  func learns(_ learns: Bool) {
    var test = TestStack(
      ladder(EwmaDetector(learnsViolations: learns)) {
        $0.forgiveAfter = .minutes(3)
        $0.shadow = true
      })
    for minute in Int64(0)..<10 { _ = ask(&test, 5, inMinute: minute) }
    for minute in Int64(10)..<40 { _ = ask(&test, 40, inMinute: minute) }
    #expect(test.stack.judges[0].isFlagged(0, at: .zero + .minutes(40)) == !learns)
  }

  @Test("an account is compared with its active minutes, or with its silent ones too")
  func silence() {
    for learnsSilence in [false, true] {
      var test = TestStack(
        ladder(EwmaDetector()) {
          $0.learnsSilence = learnsSilence
          $0.shadow = true
        })
      // Ten calls in one minute of each hour: usual, unless fifty-nine silent minutes are learnt.
      for hour in Int64(0)..<10 { _ = ask(&test, 10, inMinute: 60 * hour) }
      let isFlagged = test.stack.judges[0].firstFlagged(0) != nil
      #expect(isFlagged == learnsSilence)
    }
  }

  @Test("refusals are counted unless behaviour was their reason, so that a block ends")
  func refusals() {
    let window = FixedWindow(limit: UnitsByPlan(5), per: .minutes(1), alignment: .aligned)
    var test = TestStack(
      ladder {
        $0.counts = .refusals
        $0.rungs = [.block]
        $0.forgiveAfter = .minutes(2)
      }, window)
    // The sixth to the 26th call are refused by the window; the 26th of them is the 21st refusal.
    #expect(ask(&test, 60, inMinute: 0) == 5)
    #expect(test.stack.judges[0].firstFlagged(0) == .second(25))
    // Blocked until 145 s, however often it asks; then in again.
    #expect(ask(&test, 60, inMinute: 1) == 0)
    #expect(ask(&test, 60, inMinute: 2) == 5)
  }

  @Test("units and admissions are counted when that is asked for", arguments: [3, 40])
  func counts(_ cost: Int64) {
    for counts in [BehaviourLadder.Count.units, .admissions] {
      var test = TestStack(ladder { $0.counts = counts })
      for second in Int64(0)..<7 {
        _ = test.stack.decide(test.request(cost), at: .second(second), .none)
      }
      let isFlagged = test.stack.judges[0].isFlagged(0, at: .second(8))
      #expect(isFlagged == (counts == .units))
    }
  }
}
