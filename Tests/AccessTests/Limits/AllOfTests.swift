import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct AllOfTests {
  @Test("a refusal names the first member that refuses, and the longest wait")
  func refusal() {
    var limit = OneAccount(
      AllOf([
        FixedWindow(limit: UnitsByPlan(9), per: .seconds(60)),
        FixedWindow(limit: UnitsByPlan(4), per: .seconds(1)),
        FixedWindow(limit: UnitsByPlan(5), per: .seconds(10)),
      ]))
    #expect(limit.takeAtMost(20, at: 0) == 4)
    let quote = limit.quote(2, at: 0)
    #expect(quote.payable == 0)
    #expect(quote.refusal == Refusal(reason: .limit, retryAfter: .seconds(10), member: 1))
    #expect(limit.meter(at: 0).remaining == 0)
    #expect(limit.quote(6, at: 0).refusal?.retryAfter == nil, "5 is less than 6 for good")
  }

  @Test("a member that refuses keeps the others from counting")
  func allOrNone() {
    // milvus issue 25597: an upper limit that stays charged when a lower one refuses.
    var limit = OneAccount(
      AllOf(
        [
          FixedWindow(limit: UnitsByPlan(9), per: .seconds(60)),
          Concurrency(limit: UnitsByPlan(1)),
        ], as: .gate))
    #expect(limit.take(2, at: 0) == nil)
    #expect(limit.take(2, at: 0)?.reason == .concurrency)
    let window = limit.layer.members[0].meter(for: limit.request, at: .zero)
    #expect(window?.remaining == 7)
  }

  @Test("a fund cannot be a member")
  func funds() {
    struct Holder: Declared {
      let layer: NamedLayer
      init(_ fields: Fields) {
        layer = fields.required("layer", .variant(Catalogue.layers), "The layer.")
      }
    }
    let text = #"{"layer": {"type": "allOf", "limits": [{"type": "credits", "price": 1}]}}"#
    let node = JSONNode.parse(SourceFile(name: "layer", text: text)).node ?? [:]
    let issues = Holder.read(from: node).issues
    #expect(issues.count == 1)
    #expect(issues.first?.pointer.description == "/layer/limits/0/type")
  }
}
