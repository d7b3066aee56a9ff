import Testing
import WeirKernel
import WeirVectors

@testable import WeirAccess

/// Counts are whole, so the tables, which have one decimal, are in tenths here.
@Suite struct ControlChartVectors {
  @Test("CUSUM and EWMA charts signal where those of the textbooks do")
  func charts() throws {
    let run = VectorRun("anomaly_cusum_ewma")
    run.each(try VectorFile("control-charts").groups[0]) { vector in
      if vector.algorithm == "ewma_chart" { return chart(vector.given, run) }
      return sum(vector.given, run)
    }
    run.finish(cases: 4, steps: 54)
  }

  private func sum(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    let threshold = given.scaled("h", 1) ?? 0
    var detector = CusumDetector(
      target: Ratio(given.scaled("target", 1) ?? 0), slack: Ratio(given.scaled("k", 1) ?? 0),
      threshold: Ratio(threshold),
      headStart: Ratio(given.scaled("startHigh", 1) ?? 0, over: threshold), restarts: false)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    return { step in
      let count = step.scaled("x", 1) ?? -1
      run.compare("signal", detector.standsOut(count, of: 0), step.flag("signal"))
      run.compare(
        "sum", detector.excess(count, of: 0), step.scaled("high", 1).map { $0 * 1_000_000 })
      run.skip("low side: who asks less is no suspect", step, "low")
      detector.learn(count, of: 0, isViolation: step.flag("signal") ?? false)
    }
  }

  private func chart(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    var detector = EwmaChartDetector(
      target: Ratio(given.scaled("start", 1) ?? 0),
      deviation: Ratio(given.scaled("sigma", 4) ?? 0, over: 1000),
      weight: given.ratio("lambda") ?? .one, width: given.ratio("k") ?? .one)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    // The table's limit is rounded to four decimals.
    run.compare("limit", detector.limit / 1000, given.scaled("ucl", 4))
    return { step in
      let count = step.scaled("x", 1) ?? -1
      run.compare("signal", detector.standsOut(count, of: 0), step.flag("signal"))
      let hundredths = step.scaled("smoothed", 2) ?? -1
      let distance = abs(detector.smoothed(count, of: 0) - hundredths * 100_000)
      run.compare("smoothed, within half a hundredth", distance <= 50_001, true)
      detector.learn(count, of: 0, isViolation: false)
    }
  }
}
