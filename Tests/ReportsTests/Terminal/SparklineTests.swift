import Testing

@testable import WeirReports

@Suite struct SparklineTests {
  @Test("each eighth of the whole has its mark, and the ends stay inside")
  func marks() {
    #expect(Sparkline.text([0, 0.124, 0.125, 0.5, 0.874, 0.875, 1]) == "▁▁▂▅▇██")
    #expect(Sparkline.text([-0.1, 1.5]) == "▁█")
    #expect(Sparkline.text([0.5, nil, 0.5]) == "▅·▅")
    #expect(Sparkline.text([]) == "")
  }

  @Test(
    "as few intervals go into a mark as the room allows",
    arguments: [(48, 60, 1), (48, 48, 1), (49, 48, 2), (96, 48, 2), (97, 48, 3), (1, 16, 1)])
  func step(count: Int, marks: Int, expected: Int) {
    #expect(Sparkline.step(count: count, marks: marks) == expected)
  }

  @Test("a mark is the mean of its intervals, the last of what is left")
  func means() {
    #expect(Sparkline.means([0, 1, 0.5, 0.5, 1], step: 2) == [0.5, 0.5, 1])
    #expect(Sparkline.means([0, nil, 0.5], step: 2) == [nil, 0.5])
    #expect(Sparkline.means([], step: 2).isEmpty)
  }
}
