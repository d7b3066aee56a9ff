import Testing

@testable import WeirReports

@Suite struct CoordinateTests {
  @Test(
    "numbers have a tenth at most and no sign too many",
    arguments: [
      (0, "0"), (12, "12"), (12.34, "12.3"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"),
      (-12.96, "-13"), (99.95, "100"),
    ])
  func text(value: Double, expected: String) { #expect(Coordinate.text(value) == expected) }

  @Test("a path through places ends where it should, however many steps it has")
  func path() {
    let places = (0...1000).map { (x: Double($0) / 3, y: Double($0 % 7) * 1.37) }
    let path = Coordinate.path(places)
    #expect(path.hasPrefix("M0 0l"))
    var numbers: [Double] = []
    var digits = ""
    for character in path + " " {
      if character.isNumber || character == "." {
        digits.append(character)
      } else {
        if let number = Double(
          digits.hasPrefix("-.") || digits.hasPrefix(".")
            ? digits.replacing(".", with: "0.") : digits)
        {
          numbers.append(number)
        }
        digits = character == "-" ? "-" : ""
      }
    }
    let x = stride(from: 0, to: numbers.count, by: 2).reduce(0) { $0 + numbers[$1] }
    let y = stride(from: 1, to: numbers.count, by: 2).reduce(0) { $0 + numbers[$1] }
    #expect(numbers.count == 2002)
    #expect((x - 333.3).magnitude < 0.051)
    #expect((y - 8.2).magnitude < 0.051)
  }
}
