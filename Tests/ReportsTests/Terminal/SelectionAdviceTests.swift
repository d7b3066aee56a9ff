import Testing
import WeirLab

@testable import WeirReports

@Suite struct SelectionAdviceTests {
  /// The published example of four systems that `Fixtures/stats/selection.json` holds: the least is
  /// the third, the greatest is the first or the second, and 45 replications select within 2.
  static func example(_ direction: Direction, within smallest: Double?) -> SelectionAdvice {
    SelectionAdvice(
      metric: "queue_wait_mean_s", direction: direction,
      policies: ["one", "two", "three", "four"],
      values: [
        [63.72, 32.24, 40.28, 36.94, 36.29, 56.94, 34.1, 63.36, 49.29, 87.2],
        [63.06, 31.78, 40.32, 37.71, 36.79, 57.93, 33.39, 62.92, 47.67, 80.79],
        [57.74, 29.65, 36.52, 35.71, 33.81, 51.54, 31.39, 57.24, 42.63, 67.27],
        [62.63, 31.56, 39.87, 37.35, 36.65, 57.15, 33.3, 62.21, 47.46, 79.6],
      ], smallestDifference: smallest)
  }

  @Test("the published example keeps whom it keeps, and needs 45 replications")
  func published() {
    #expect(
      Self.example(.lowerIsBetter, within: 2).lines == [
        "screening: three is the best of 4 policies by queue_wait_mean_s (subset screening, 95 %)",
        "selection: 45 replications select the best where differences below 2 do not matter"
          + " (two stages, 95 %)",
      ])
    #expect(
      Self.example(.higherIsBetter, within: 100).lines == [
        "screening: the best of 4 policies by queue_wait_mean_s is among one, two"
          + " (subset screening, 95 %)",
        "selection: 10 replications select the best where differences below 100 do not matter",
      ])
  }

  @Test("without a smallest difference it is said what is missing; one policy is no choice")
  func missing() {
    #expect(
      Self.example(.lowerIsBetter, within: nil).lines.last?.contains("smallestDifference") == true)
    let alone = SelectionAdvice(
      metric: "x", direction: .lowerIsBetter, policies: ["one"], values: [[1, 2]],
      smallestDifference: 1)
    #expect(alone.lines == [])
  }
}
