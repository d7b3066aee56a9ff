import Testing

@testable import WeirReports

@Suite struct LabelPlacementTests {
  static let area = Box(left: 0, top: 0, right: 400, bottom: 250)

  @Test("labels lie inside, on no mark, and not on one another", arguments: 0..<60)
  func free(seed: Int) {
    var state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Double(state >> 33) / Double(1 << 31) * bound
    }
    let labels = (0..<12).map { _ in
      (x: random(400), y: random(250), width: 30 + random(60))
    }
    let marks = labels.map { Box.around($0.x, $0.y, 6, 6) }
    let placed = LabelPlacement(area: Self.area, obstacles: marks).place(labels, height: 14)
    for (place, label) in placed.enumerated() {
      #expect(Self.area.contains(label.box), "seed \(seed)")
      #expect(!marks.contains { $0.overlap(label.box) > 0 }, "seed \(seed)")
      for other in placed[..<place] { #expect(other.box.overlap(label.box) == 0, "seed \(seed)") }
    }
    #expect(placed.count >= 9, "seed \(seed): only \(placed.count) found a place")
  }

  @Test("points on one spot get labels around it")
  func crowded() {
    let labels = Array(repeating: (x: 200.0, y: 125.0, width: 50.0), count: 6)
    let mark = Box.around(200, 125, 6, 6)
    let placed = LabelPlacement(area: Self.area, obstacles: [mark]).place(labels, height: 14)
    #expect(placed.map(\.index) == [0, 1, 2, 3, 4, 5])
    #expect(placed[0].needsLine == false)
  }

  @Test("a label without any room is left out")
  func noRoom() {
    let placed = LabelPlacement(area: Self.area, obstacles: [Self.area]).place(
      [(200, 125, 50)], height: 14)
    #expect(placed.isEmpty)
  }
}
