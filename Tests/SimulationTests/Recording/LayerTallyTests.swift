import Testing
import WeirAccess

@testable import WeirSimulation

@Suite struct LayerTallyTests {
  private static func tallies(_ paid: [[Int64]]) -> [LayerTally] {
    paid.map { units in
      var tally = LayerTally()
      tally.paidByProduct = units.map { Units($0) }
      return tally
    }
  }

  /// What each of two layers paid of each product, and the share of the first.
  static let cases: [(first: [Int64], second: [Int64], share: Double)] = [
    (first: [3], second: [1], share: 0.75),
    // A thousand tokens and a second of video are no units of one kind.
    (first: [750, 0], second: [250, 1], share: 0.375),
    (first: [750, 0], second: [250, 0], share: 0.75),
    (first: [1, 2], second: [1, 0], share: 0.75),
  ]

  @Test("shares are of the units of a product, and the mean over the products that were served")
  func shares() {
    for (first, second, share) in Self.cases {
      let shares = LayerTally.paidShares(Self.tallies([first, second]))
      #expect(shares == [share, 1 - share], "\(first) \(second)")
    }
  }

  @Test("where nothing was paid for there is no share, and without layers there is none to have")
  func nothing() {
    #expect(LayerTally.paidShares(Self.tallies([[0, 0], [0, 0]])) == [nil, nil])
    #expect(LayerTally.paidShares([]) == [])
  }

  @Test("what a layer paid is what it paid of all products")
  func sum() {
    #expect(Self.tallies([[3, 4]])[0].paid == Units(7))
  }
}
