import Testing
import WeirLab

@Suite struct ParetoTests {
  struct Case: Decodable, Sendable {
    let points: [[Double]]
    let front: [Int]
  }

  static let cases = vectors("pareto", as: Case.self)

  @Test("the front holds what nothing dominates, duplicates included", arguments: cases)
  func front(_ expected: Case) {
    let least = Array(repeating: Direction.lowerIsBetter, count: expected.points[0].count)
    #expect(Pareto.front(expected.points, directions: least) == expected.front)
    let negated = expected.points.map { $0.map { -$0 } }
    let greatest = Array(repeating: Direction.higherIsBetter, count: expected.points[0].count)
    #expect(Pareto.front(negated, directions: greatest) == expected.front)
  }

  @Test("there are two sets of points") func caseCount() { #expect(Self.cases.count == 2) }

  @Test("objectives may point different ways")
  func mixed() {
    let points = [[1.0, 9], [2, 9], [1, 10], [3, 1]]
    #expect(Pareto.front(points, directions: [.lowerIsBetter, .higherIsBetter]) == [2])
  }

  @Test("no point, no front") func empty() {
    #expect(Pareto.front([], directions: [.lowerIsBetter]) == [])
  }
}
