import Testing
import WeirLab

@Suite struct StepFunctionTests {
  struct Case: Decodable, Sendable {
    let busy_steps: [[Double]]
    let capacity_steps: [[Double]]
    let from: Double
    let to: Double
    let busy_integral: Double
    let capacity_integral: Double
    let time_avg_busy: Double
    let utilisation: Double
  }

  static let cases = vectors("time_weighted", as: Case.self)

  @Test("levels carry into the window; integrals do not", arguments: cases)
  func windows(_ expected: Case) {
    let busy = StepFunction(expected.busy_steps.map { ($0[0], $0[1]) })
    let capacity = StepFunction(expected.capacity_steps.map { ($0[0], $0[1]) })
    let (start, end) = (expected.from, expected.to)
    #expect(busy.integral(from: start, to: end) == expected.busy_integral)
    #expect(capacity.integral(from: start, to: end) == expected.capacity_integral)
    #expect(busy.average(from: start, to: end) == expected.time_avg_busy)
    let utilisation =
      busy.integral(from: start, to: end) / capacity.integral(from: start, to: end)
    #expect(utilisation == expected.utilisation)
  }

  @Test("there are four windows") func caseCount() { #expect(Self.cases.count == 4) }

  @Test("averages over equal parts add up to the whole")
  func parts() {
    let level = StepFunction([(0, 0), (2, 1), (5, 3), (9, 2), (12, 0)])
    #expect(level.averages(from: 0, to: 12, parts: 4) == [1.0 / 3, 5.0 / 3, 3, 2])
    #expect(StepFunction([]).integral(from: 0, to: 5) == 0)
  }
}
