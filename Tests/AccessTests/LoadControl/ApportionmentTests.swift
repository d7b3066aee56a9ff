import Testing

@testable import WeirAccess

@Suite struct ApportionmentTests {
  private func shares(_ rule: Apportionment, _ wants: [Double], _ capacity: Double) -> [Double] {
    rule.shares(wants.map { .init(wants: $0, weight: 1) }, capacity: capacity)
  }

  @Test("who wants no more than an equal share gets it, and never more than is wanted or there")
  func bounds() {
    for rule in Apportionment.allCases {
      let cases: [[Double]] = [
        [0, 0, 9], [30, 40, 50], [1, 100, 1000], [33, 33, 34], [5, 5, 5],
      ]
      for wants in cases {
        let found = shares(rule, wants, 100)
        #expect(found.reduce(0, +) <= 100 + 1e-9)
        for (share, want) in zip(found, wants) {
          #expect(share <= want && share >= min(want, 100.0 / 3) - 1e-9)
        }
      }
    }
  }

  @Test("with equal weights fair shares are those of max-min fairness, after two rounds")
  func maxMin() {
    #expect(shares(.fairShare, [10, 50, 1000], 120) == [10, 50, 60])
    #expect(shares(.fairShare, [1000, 1000, 10], 120) == [55, 55, 10])
  }
}
