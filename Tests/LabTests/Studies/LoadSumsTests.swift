import Testing

@testable import WeirLab
@testable import WeirSimulation

@Suite struct LoadSumsTests {
  private func rows(_ areas: [(busy: Int128, capacity: Int128)]) -> [Timeline.Row] {
    areas.map { area in
      var row = Timeline.Row()
      row.busyTime = area.busy
      row.capacityTime = area.capacity
      return row
    }
  }

  @Test("shares are of the sums over replications, run by run in their places")
  func shares() {
    var sums = LoadSums(worlds: 2)
    sums.add(rows([(1, 4), (0, 4)]))
    sums.add(rows([(4, 4), (0, 0)]))
    sums.add(rows([(2, 4), (4, 4)]))
    sums.add(rows([(4, 4), (0, 0)]))
    #expect(sums.shares(0) == [0.375, 0.5])
    #expect(sums.shares(1) == [1, nil])
  }

  @Test("a replication counts when all of its runs are there")
  func incomplete() {
    var sums = LoadSums(worlds: 2)
    sums.add(rows([(1, 4)]))
    #expect(sums.shares(0).isEmpty)
    sums.add(rows([(2, 4)]))
    sums.add(rows([(4, 4)]))
    #expect(sums.shares(0) == [0.25])
    #expect(sums.shares(1) == [0.5])
  }
}
