import Testing
import WeirAccess
import WeirKernel

@Suite struct GrantsTests {
  private let lots = [
    Grant(id: "late", units: 5, priority: 1),
    Grant(id: "soon", units: 3, expires: .second(10)),
    Grant(id: "never-b", units: 4), Grant(id: "never-a", units: 2),
    Grant(id: "later", units: 6, expires: .second(20)),
  ]

  @Test("lots burn by priority, then expiry, those without one last, then id")
  func order() {
    #expect(Grants(lots).lots.map(\.id) == ["soon", "later", "never-a", "never-b", "late"])
  }

  @Test("a request takes from several lots, and from none that has expired")
  func burn() {
    var grants = OneAccount(Grants(lots))
    #expect(grants.takeAtMost(10, at: 0) == 10)
    #expect(left(grants) == [0, 0, 1, 4, 5])
    var later = OneAccount(Grants(lots))
    #expect(later.takeAtMost(100, at: 10_000_000_000) == 17)
    #expect(left(later) == [3, 0, 0, 0, 0])
  }

  @Test("what is given back goes to the last burnt first, and is gone with an expired lot")
  func giveBack() {
    var grants = OneAccount(Grants(lots))
    grants.force(7, at: 0)
    grants.settle(7, takenAt: 0, to: 2, at: 15_000_000_000)
    #expect(left(grants) == [1, 6, 2, 4, 5])
    #expect(grants.quote(100, at: 15_000_000_000).payable == 17)
  }

  private func left(_ grants: OneAccount<Grants>) -> [Int64] {
    grants.layer.lots.compactMap { grants.layer.left(ofLot: $0.id, for: grants.request)?.count }
  }
}
