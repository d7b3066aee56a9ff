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
      for other in placed[..<place] {
        #expect(other.box.overlap(label.box) == 0, "seed \(seed)")
      }
    }
    #expect(placed.count >= 9, "seed \(seed): only \(placed.count) found a place")
  }

  @Test("points on one spot get labels around it")
  func crowded() {
    let labels = Array(repeating: (x: 200.0, y: 125.0, width: 50.0), count: 6)
    let mark = Box.around(200, 125, 6, 6)
    let placed = LabelPlacement(area: Self.area, obstacles: [mark]).place(labels, height: 14)
    #expect(placed.map(\.index) == [0, 1, 2, 3, 4, 5])
    #expect(placed[0].line == nil)
  }

  @Test("a label without any room is left out")
  func noRoom() {
    let placed = LabelPlacement(area: Self.area, obstacles: [Self.area]).place(
      [(200, 125, 50)], height: 14)
    #expect(placed.isEmpty)
  }

  @Test("a line crosses what lies between its point and its label, and nothing beside it")
  func lines() {
    let line = LeaderLine(from: (0, 0), to: Box(left: 30, top: 30, right: 60, bottom: 44))
    #expect(line.path == "M0 0L30 30")
    #expect(line.crosses(Box(left: 10, top: 10, right: 20, bottom: 20)))
    #expect(!line.crosses(Box(left: 10, top: 22, right: 20, bottom: 40)))
    #expect(!line.crosses(Box(left: 30, top: 30, right: 60, bottom: 44)), "its own label")
  }

  @Test("the line to a label goes round a label that is in its way")
  func around() {
    // Of four points on one edge, the last would be led through the label of the first.
    let labels = [150.0, 148, 146, 100].map { (x: 0.0, y: $0, width: 60.0) }
    let marks = labels.map { Box.around($0.x, $0.y, 6, 6) }
    let placed = LabelPlacement(area: Self.area, obstacles: marks).place(labels, height: 14)
    #expect(placed.count == 4)
    for (place, label) in placed.enumerated() {
      for other in placed[..<place] { #expect(!label.crosses(other)) }
    }
  }
}
