import Testing
import WeirKernel
import WeirVectors

@testable import WeirAccess

@Suite struct EwmaScoreVectors {
  @Test("the deviations of a count from its history are those of the recursion in floating point")
  func score() throws {
    let run = VectorRun("derived_ewma_zscore")
    run.each(try VectorFile("ewma-score").groups[0]) { vector in
      let given = vector.given
      let least = given.ratio("minSigma") ?? .one
      let weight = given.ratio("alpha") ?? .one
      var detector = EwmaDetector(
        weight: weight, threshold: given.ratio("threshold") ?? .one, leastDeviation: least,
        warmup: given.units("warmup"), learnsViolations: given.flag("learnFlagged") ?? false)
      detector.prepare(for: .alike(accounts: 1), series: 1)
      var score = ExponentialScore()
      return { step in
        let count = step.units("x")
        let isViolation = detector.standsOut(count, of: 0)
        run.compare("flag", isViolation, step.flag("flag"))
        compareDeviations(run, score, count, least: least, step)
        detector.learn(count, of: 0, isViolation: isViolation)
        if !isViolation || given.flag("learnFlagged") == true {
          score.learn(count, weight: weight)
        }
        // Kept in whole millionths, against floating point: the flags are exact, these are near.
        let mean = step.double("mean") ?? .infinity
        let variance = step.double("var") ?? .infinity
        run.compare("mean, to 2e-5", abs(Double(score.mean) / 1e6 - mean) < 2e-5, true)
        run.compare(
          "variance, to 2e-5 of it",
          abs(Double(score.variance) / 1e6 - variance) < 2e-5 * max(1, variance), true)
      }
    }
    run.finish(cases: 2, steps: 40)
  }

  /// Deviations are compared, never computed: the score has to lie between two near thresholds.
  private func compareDeviations(
    _ run: VectorRun, _ score: ExponentialScore, _ count: Int64, least: Ratio,
    _ step: VectorFields
  ) {
    guard let deviations = step.double("z") else { return }
    let hundredThousandths = Int64(deviations * 100_000)
    if deviations < 0 {
      run.compare(
        "below the mean",
        score.isOutlier(count, threshold: .zero, least: least.inMillionths), false)
    } else {
      let bounds = [hundredThousandths - 20, hundredThousandths + 20]
      let isBeyond = bounds.map {
        score.isOutlier(
          count, threshold: Ratio($0, over: 100_000), least: least.inMillionths)
      }
      run.compare("beyond a threshold just below, within one just above", isBeyond, [true, false])
    }
  }
}
