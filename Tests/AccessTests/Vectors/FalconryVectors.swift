import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct FalconryVectors {
  @Test("a greedy bucket decides, and holds what part of a token, as falconry/token-bucket does")
  func tokenBucket() throws {
    let run = VectorRun("generated_token_bucket_py")
    run.each(try VectorFile("falconry-token-bucket").groups[0]) { vector in
      // Tokens in two seconds, which is whole for every rate of the vectors.
      let rate = Double(vector.given.number("ratePerS") ?? "") ?? 0
      var bucket = OneAccount(
        TokenBucket(
          capacity: UnitsByPlan(Units(vector.given.units("capacity"))),
          refill: UnitsByPlan(Units(Int64(rate * 2))), per: .seconds(2)))
      return { step in
        let time = step.time("at")
        let refusal = bucket.take(step.units("cost"), at: time)
        run.compare("allowed", refusal == nil, step.flag("allowed"))
        let level = bucket.layer.exactLevel(
          for: bucket.request, at: SimTime(nanoseconds: time))
        let tokens = Double(level.tokens.count) + Double(level.fraction) / 2e9
        run.compare("tokens", tokens, step.number("tokensAfter").flatMap { Double($0) })
      }
    }
    run.finish(cases: 4, steps: 240)
  }
}
