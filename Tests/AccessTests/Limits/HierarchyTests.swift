import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct HierarchyTests {
  /// Two organisations: the first has two teams of two accounts, the second one of one.
  private let directory = Directory(
    planOfAccount: [0, 0, 0, 0, 0], organisationOfAccount: [0, 0, 0, 0, 1],
    teamOfAccount: [0, 0, 1, 1, 2], plans: [Plan(name: "default")])

  private func levels(account: Ratio = Ratio(1, over: 2)) -> Hierarchy {
    Hierarchy(
      [
        Hierarchy.Level(by: .organisation, limit: UnitsByPlan(100)),
        Hierarchy.Level(by: .team, limit: UnitsByPlan(60)),
        Hierarchy.Level(by: .account, share: account),
      ], per: .seconds(10))
  }

  @Test("an account has its share of its team, a team its limit, an organisation the rest")
  func shares() {
    var test = TestStack(levels(), onShortfall: .partial, for: directory)
    #expect(test.decide(90, at: 0, account: 0).granted == 30)
    #expect(test.decide(90, at: 0, account: 1).granted == 30)
    #expect(test.decide(90, at: 0, account: 2).granted == 30)
    #expect(test.decide(90, at: 0, account: 3).granted == 10)
    #expect(test.decide(90, at: 0, account: 4).granted == 30)
  }

  @Test("a refusal names the widest level that refuses, and charges none of the others")
  func refusal() {
    var test = TestStack(levels(), for: directory)
    _ = test.decide(30, at: 0, account: 0)
    _ = test.decide(25, at: 2, account: 1)
    let before = test.view(at: .second(3))
    let decision = test.decide(6, at: 3, account: 1)
    #expect(decision.outcome == .deny)
    #expect(decision.refusal == Refusal(reason: .limit, retryAfter: .seconds(9), member: 1))
    #expect(test.view(at: .second(3)) == before)
    #expect(
      test.decide(30, at: 3, account: 2).outcome == .admit, "the organisation was not drained")
  }

  @Test("a settlement gives back at every level")
  func settlement() {
    var test = TestStack(levels(account: .one), for: directory)
    let request = test.request(60)
    let decision = test.stack.decide(request, at: .zero, .none)
    _ = test.stack.settle(
      decision, of: request, actual: 20, decidedAt: .zero, at: .second(1), .none)
    let layer = test.stack.layers[0] as? Hierarchy
    let left = (0..<3).map { layer?.meter(ofLevel: $0, for: request, at: .second(1)).remaining }
    #expect(left == [80, 40, 40])
  }

  @Test("a share of no limit is no limit, and a share of a limit rounds down")
  func limits() {
    var open = Hierarchy(
      [
        Hierarchy.Level(by: .everyone, limit: UnitsByPlan(plans: ["other": 5])),
        Hierarchy.Level(by: .account, share: Ratio(1, over: 3)),
      ], per: .seconds(1))
    open.prepare(for: directory)
    #expect(open.quote(1000, of: Request(account: 0, cost: 1000), at: .zero, .none).refusal == nil)
    var third = Hierarchy(
      [
        Hierarchy.Level(by: .organisation, limit: UnitsByPlan(8)),
        Hierarchy.Level(by: .account, limit: UnitsByPlan(7), share: Ratio(1, over: 3)),
      ], per: .seconds(1))
    third.prepare(for: directory)
    #expect(third.quote(9, of: Request(account: 0, cost: 9), at: .zero, .none).payable == 2)
  }

  @Test("levels without shares decide as windows together do", arguments: UInt64(1)...6)
  func equalsAllOf(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    var first = TestStack(
      Hierarchy(
        [
          Hierarchy.Level(by: .organisation, limit: UnitsByPlan(40)),
          Hierarchy.Level(by: .team, limit: UnitsByPlan(25)),
          Hierarchy.Level(by: .account, limit: UnitsByPlan(15)),
        ], per: .seconds(10)), for: directory)
    var second = TestStack(
      AllOf(
        [(Scope.organisation, 40), (.team, 25), (.account, 15)].map {
          FixedWindow(limit: UnitsByPlan(Units($0.1)), per: .seconds(10), by: $0.0)
        }), for: directory)
    var now: Int64 = 0
    for step in 0..<300 {
      now += samples.next(below: 3)
      let account = AccountIndex(samples.next(below: 5))
      let cost = samples.next(below: 12)
      let one = first.decide(cost, at: now, account: account)
      let other = second.decide(cost, at: now, account: account)
      #expect(one.outcome == other.outcome, "seed \(seed), step \(step)")
      #expect(one.refusal == other.refusal, "seed \(seed), step \(step)")
    }
  }

  @Test(
    "levels that cannot be meant are refused at their place",
    arguments: [
      (#"[{"by": "account", "limit": 5}, {"by": "organisation", "limit": 9}]"#, "/layer/levels"),
      (#"[{"by": "organisation", "share": 0.5}]"#, "/layer/levels/0/share"),
      (#"[{"by": "organisation"}]"#, "/layer/levels/0"),
      (#"[{"by": "organisation", "limit": 5}, {"share": 1.5}]"#, "/layer/levels/1/share"),
    ])
  func refused(_ levels: String, _ pointer: String) {
    struct Holder: Declared {
      init(_ fields: Fields) {
        _ = fields.required("layer", .variant(Catalogue.layers), "The layer.")
      }
    }
    let text = #"{"layer": {"type": "hierarchy", "per": "1s", "levels": \#(levels)}}"#
    let node = JSONNode.parse(SourceFile(name: "layer", text: text)).node ?? [:]
    #expect(Holder.read(from: node).issues.map(\.pointer.description) == [pointer])
  }
}
