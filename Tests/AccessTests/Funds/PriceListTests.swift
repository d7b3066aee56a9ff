import Testing
import WeirAccess
import WeirKernel

@Suite struct PriceListTests {
  /// Credits for one message after the limit: learn.chatgpt.com/docs/pricing, May 2026.
  private static let messages = PriceList(models: [
    "codex": [
      "gpt-5.5": Price(credits: 14), "gpt-5.4": Price(credits: 7),
      "gpt-5.4-mini": Price(credits: 2),
    ]
  ])

  private static let directory = Directory(
    planOfAccount: [0], plans: [Plan(name: "default")], products: ["codex", "sora"],
    models: ["gpt-5.4", "gpt-5.4-mini", "gpt-5.5", "gpt-5.6"])

  private func request(_ product: ProductIndex, _ model: ModelIndex, _ test: inout TestStack)
    -> Request
  {
    var request = test.request(3, product: product)
    request.model = model
    return request
  }

  @Test(
    "three messages cost what the published list says for their model",
    arguments: zip([ModelIndex(0), 1, 2], [Int64(21), 6, 42]))
  func models(_ model: ModelIndex, _ credits: Int64) {
    var test = TestStack(
      PrepaidCredits(price: Self.messages), for: Self.directory,
      balance: Credits(micro: credits * 1_000_000))
    let request = request(0, model, &test)
    let decision = test.stack.decide(request, at: .zero, .none)
    #expect(decision.outcome == .admit)
    let settled = test.stack.settle(
      decision, of: request, actual: 3, decidedAt: .zero, at: .zero, .none)
    #expect(settled.charged.micro == credits * 1_000_000)
    test.stack.advance(to: .zero)
    #expect(test.stack.fund(0).balance(of: 0) == .zero, "the whole balance was enough")
  }

  @Test("a model or a product that the list does not name is not sold")
  func excluded() {
    var test = TestStack(
      PrepaidCredits(price: Self.messages), for: Self.directory,
      balance: Credits(micro: 1_000_000_000))
    for (product, model) in [(ProductIndex(0), ModelIndex(3)), (1, 0)] {
      let decision = test.stack.decide(request(product, model, &test), at: .zero, .none)
      #expect(decision.refusal?.reason == .excluded)
    }
  }

  @Test("an operation multiplies the price of each model")
  func operations() {
    var directory = Self.directory
    directory.operations = ["standard", "fast"]
    var test = TestStack(
      PrepaidCredits(price: Self.messages, operations: ["fast": Ratio(2)]), for: directory,
      balance: Credits(micro: 100_000_000))
    var request = request(0, 1, &test)
    request.operation = 1
    #expect(test.stack.fund(0).charge(for: 3, of: request).micro == 12_000_000)
  }
}
