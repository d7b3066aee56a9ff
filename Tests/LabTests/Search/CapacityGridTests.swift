import Testing
import WeirLab

@Suite struct CapacityGridTests {
  @Test(
    "values are exact decimals",
    arguments: [
      ("1", "64", "1", 64, "1", "64"), ("100", "1000", "250", 4, "100", "850"),
      ("0.1", "0.7", "0.1", 7, "0.1", "0.7"), ("-1", "1", "0.25", 9, "-1", "1"),
      ("0", "1000000000000", "1000000000", 1_001, "0", "1000000000000"),
    ])
  func values(
    _ from: String, _ to: String, _ step: String, _ count: Int, _ first: String, _ last: String
  ) throws {
    let grid = try #require(CapacityGrid(from: from, to: to, step: step))
    #expect(grid.count == count)
    #expect(grid.text(0) == first)
    #expect(grid.text(count - 1) == last)
  }

  @Test("a tenth stays a tenth at every step")
  func tenths() throws {
    let grid = try #require(CapacityGrid(from: "0.1", to: "0.9", step: "0.1"))
    #expect((0..<9).map(grid.text) == (1...9).map { "0.\($0)" })
  }

  @Test(
    "what is no grid is refused",
    arguments: [
      ("a", "2", "1"), ("1", "1", "1"), ("2", "1", "1"), ("1", "2", "0"), ("1", "2", "-1"),
      ("1", "2", "2"), ("0", "1e10", "1"), ("0", "1", "1e-10"), ("-9e18", "9e18", "1"),
    ])
  func refused(_ from: String, _ to: String, _ step: String) {
    #expect(CapacityGrid(from: from, to: to, step: step) == nil)
  }
}
