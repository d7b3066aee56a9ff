import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct BankedResetsTests {
  private let hour = SimDuration.hours(1).nanoseconds

  private func account(
    initial: Int64 = 1, every: SimDuration? = nil, keeps: SimDuration? = .days(30)
  ) -> OneAccount<BankedResets> {
    OneAccount(
      BankedResets(
        FixedWindow(limit: UnitsByPlan(10), per: .hours(5)), initial: initial, every: every,
        keeps: keeps))
  }

  @Test("a window that is used up opens anew while a reset is banked, and then no more")
  func resets() {
    var account = account()
    #expect(account.take(8, at: 0) == nil)
    #expect(account.meter(at: 0).remaining == 10, "after a reset")
    #expect(account.take(3, at: hour) == nil)
    #expect(account.layer.banked(by: 0, at: SimTime(nanoseconds: hour)) == 0)
    // The new window counts 3, and closes five hours after it opened.
    #expect(account.meter(at: hour).remaining == 7)
    #expect(account.take(8, at: hour)?.wait == 5 * hour)
    #expect(account.take(7, at: hour) == nil)
  }

  @Test("a cost that no reset makes possible uses none")
  func never() {
    var account = account()
    #expect(account.take(4, at: 0) == nil)
    #expect(account.take(11, at: 0)?.reason == .never)
    #expect(account.layer.banked(by: 0, at: .zero) == 1)
    #expect(account.take(6, at: 0) == nil, "it fits without a reset")
    #expect(account.layer.banked(by: 0, at: .zero) == 1)
  }

  @Test("resets are kept so long, come in even times, and the wait ends with the next")
  func times() {
    var account = account(every: .hours(3), keeps: .hours(2))
    // The first was there from 0 to 2 h; the next comes at 3 h.
    #expect(account.take(10, at: 2 * hour) == nil)
    #expect(account.take(1, at: 2 * hour)?.wait == hour)
    #expect(account.take(1, at: 3 * hour - 1)?.wait == 1)
    #expect(account.take(1, at: 3 * hour) == nil)
    #expect(account.meter(at: 3 * hour).remaining == 9)
    // One at 6 h, lost at 8 h; one at 9 h.
    #expect(account.layer.banked(by: 0, at: SimTime(nanoseconds: 7 * hour)) == 1)
    #expect(account.layer.banked(by: 0, at: SimTime(nanoseconds: 8 * hour)) == 0)
    #expect(account.layer.banked(by: 0, at: SimTime(nanoseconds: 9 * hour)) == 1)
  }

  @Test("what was taken before a reset gives nothing back, and an overrun may need a reset")
  func settlement() {
    var account = account()
    account.force(9, at: 0)
    account.force(5, at: 1)
    // The reset at 1 has forgotten the 9.
    #expect(account.meter(at: 2).remaining == 5)
    account.settle(9, takenAt: 0, to: 2, at: 2)
    #expect(account.meter(at: 2).remaining == 5)
    account.settle(5, takenAt: 1, to: 3, at: 2)
    #expect(account.meter(at: 2).remaining == 7)

    var other = self.account()
    other.force(9, at: 0)
    other.settle(9, takenAt: 0, to: 12, at: 1)
    #expect(other.layer.banked(by: 0, at: .zero) == 0)
    #expect(other.meter(at: 1).remaining == 7, "the three more were taken after a reset")
  }

  @Test("each account has its own resets")
  func accounts() {
    let limit = FixedWindow(limit: UnitsByPlan(10), per: .hours(5))
    var test = TestStack(BankedResets(limit, initial: 1))
    for account in [UInt32(0), 1] {
      #expect(test.decide(10, at: 0, account: account).outcome == .admit)
      #expect(test.decide(10, at: 1, account: account).outcome == .admit)
      #expect(test.decide(1, at: 2, account: account).outcome == .deny)
    }
  }

  @Test(
    "a limit that accounts share, or that no reset empties, is an error of the scenario",
    arguments: [
      #"{"type": "fixedWindow", "limit": 5, "per": "1h", "by": "organisation"}"#,
      #"{"type": "concurrency", "limit": 5}"#,
      #"""
      {"type": "allOf", "limits": [{"type": "slidingLog", "limit": 5, "per": "1h"},
        {"type": "pacer", "rate": 5, "per": "1h", "as": "allowance"}]}
      """#,
    ])
  func shared(_ limit: String) throws {
    let text = #"{"layers": [{"type": "bankedResets", "limit": \#(limit)}]}"#
    let node = try #require(JSONNode.parse(SourceFile(name: "p.json", text: text)).node)
    let issues = Layers.read(from: node).issues
    #expect(issues.map(\.pointer.description) == ["/layers/0/limit"])
  }

  private struct Layers: Declared {
    init(_ fields: Fields) {
      _ = fields.required("layers", .list(of: .variant(Catalogue.layers)), "The layers.")
    }
  }
}
