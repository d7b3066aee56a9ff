import Testing
import WeirAccess
import WeirKernel

@Suite struct PrepaidCreditsTests {
  @Test(
    "as many units as a balance is enough for: one more costs too much",
    arguments: [
      Ratio(1_000_000), Ratio(333_333, over: 7), Ratio(1, over: 3), Ratio(2, over: 3),
      Ratio(7, over: 1_000_000), Ratio(999_999_937, over: 1_000),
    ])
  func affordable(_ ratio: Ratio) {
    let price = Price(microPerUnit: ratio)
    for micro in [Int64(0), 1, 2, 3, 10, 999, 1_000_000, 123_456_789_012] {
      let units = price.units(for: Credits(micro: micro))
      #expect(price.charge(for: units).micro <= micro)
      #expect(price.charge(for: units + 1).micro > micro)
    }
  }

  @Test("a charge is the exact sum rounded once, half up")
  func rounding() {
    // OpenAI's rate card has 113 where six times 18.75 is 112.5: rounding belongs to the total.
    let price = Price(microPerUnit: Ratio(1125, over: 10))
    #expect(price.charge(for: 1).micro == 113)
    #expect(price.charge(for: 2).micro == 225)
    #expect(Price(microPerUnit: Ratio(1, over: 3)).charge(for: 4).micro == 1)
    #expect(Price(microPerUnit: Ratio(.max)).charge(for: 1) == .most)
    #expect(Price(microPerUnit: Ratio(.max)).charge(for: 1000) == .most)
  }

  @Test(
    "it pays the whole rest or nothing, or what the balance is enough for",
    arguments: [
      true, false,
    ])
  func remainder(_ whole: Bool) {
    var test = TestStack(
      PrepaidCredits(price: PriceList(Price(credits: 2)), wholeRemainder: whole),
      onShortfall: .partial, balance: Credits(micro: 9_000_000))
    let decision = test.decide(5, at: 0)
    #expect(decision.granted == (whole ? 0 : 4))
    #expect(test.stack.layers[0].meter(for: test.request(1), at: .zero)?.remaining == 4)
  }

  @Test("the population's balance stands above the initial one, 0 included")
  func initial() {
    let fund = PrepaidCredits(
      price: PriceList(Price(credits: 1)), initial: Credits(micro: 7))
    let balances = [nil, Credits.zero, Credits(micro: 3)].map { balance in
      TestStack(fund, balance: balance).stack.fund(0).balance(of: 0).micro
    }
    #expect(balances == [7, 0, 3])
  }

  @Test("an organisation has its initial balance once, and its accounts add theirs")
  func organisation() {
    let directory = Directory(
      planOfAccount: [0, 0, 0], organisationOfAccount: [0, 0, 1], plans: [Plan(name: "default")])
    let fund = PrepaidCredits(
      price: PriceList(Price(credits: 1)), initial: Credits(micro: 7), owner: .organisation)
    let plain = TestStack(fund, for: directory).stack
    #expect((0..<2).map { plain.fund(0).balance(of: $0).micro } == [7, 7])
    let given = TestStack(fund, for: directory, balance: Credits(micro: 5)).stack
    #expect((0..<2).map { given.fund(0).balance(of: $0).micro } == [10, 5])
  }

  @Test("purchases go to the first fund that takes them")
  func purchases() {
    let price = PriceList(Price(credits: 1))
    var test = TestStack(
      PrepaidCredits(price: price, acceptsPurchases: false), PrepaidCredits(price: price),
      balance: .zero)
    let isBought = test.stack.purchase(Credits(micro: 5), for: test.request(1), at: .zero)
    #expect(isBought)
    #expect((0..<2).map { test.stack.fund($0).balance(of: 0).micro } == [0, 5])
    var closed = TestStack(PrepaidCredits(price: price, acceptsPurchases: false))
    let isRefused = !closed.stack.purchase(Credits(micro: 5), for: closed.request(1), at: .zero)
    #expect(isRefused)
  }
}
