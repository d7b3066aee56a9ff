import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct RiverVectors {
  @Test("Page-Hinkley finds the changes that river finds, at the same counts")
  func pageHinkley() throws {
    let run = VectorRun("river")
    run.each(try VectorFile("river").groups[0]) { vector in
      var detector = PageHinkleyDetector(
        slack: vector.given.ratio("slack") ?? .zero,
        threshold: vector.given.ratio("threshold") ?? .zero,
        fading: vector.given.ratio("fading") ?? .one, warmup: vector.given.units("warmup"))
      detector.prepare(for: .alike(accounts: 1), series: 1)
      return { step in
        var found: [Int64] = []
        for (place, count) in step.integers("counts").enumerated() {
          let isViolation = detector.standsOut(count, of: 0)
          if isViolation { found.append(Int64(place)) }
          detector.learn(count, of: 0, isViolation: isViolation)
        }
        run.compare("found", found, step.integers("found"))
      }
    }
    run.finish(cases: 5, steps: 5)
  }
}
