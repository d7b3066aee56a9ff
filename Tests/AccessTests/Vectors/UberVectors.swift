import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirVectors

@Suite struct UberVectors {
  @Test("a pacer with slack lets takers go on as uber-go/ratelimit does")
  func pacer() throws {
    let run = VectorRun("leaky_bucket_uber")
    run.each(try VectorFile("uber-go-ratelimit").groups[0]) { vector in
      let limiters = vector.given.objects("limiters").map {
        (name: $0.text("name"), pacer: OneAccount(pacer($0)))
      }
      return { step in
        if step.text("op") == "take" {
          let times = step.integers("times")
          for limiter in limiters {
            var pacer = limiter.pacer
            let grants = times.map { pacer.goesOn(at: $0) }
            if step.has("grants") { run.compare("grants", grants, step.integers("grants")) }
            compareCounts(step, grants, run)
          }
        } else {
          let takers = step.objects("takers").map { taker in
            Taker(
              time: taker.time("from"),
              limiters: (taker["on"]?.elements ?? []).map { name in
                limiters.firstIndex { $0.name == name.text } ?? 0
              })
          }
          let end = step["countAt"]?.elements?.last?.integers[0] ?? 0
          let rounds = rounds(of: takers, on: limiters.map(\.pacer), until: end)
          compareCounts(step, rounds, run)
        }
      }
    }
    run.finish(cases: 11, steps: 11)
  }

  /// Upstream cuts the pace down to whole nanoseconds, and is taken at its word.
  private func pacer(_ fields: VectorFields) -> Pacer {
    Pacer(
      rate: UnitsByPlan(1),
      per: SimDuration(nanoseconds: fields.time("per") / fields.units("rate")),
      slack: fields.units("slack"))
  }

  private struct Taker {
    var time: Int64
    let limiters: [Int]
    var place = 0
  }

  /// When takers that loop over their limiters, without a pause, have come round.
  private func rounds(
    of takers: [Taker], on pacers: [OneAccount<Pacer>], until end: Int64
  ) -> [Int64] {
    var takers = takers
    var pacers = pacers
    var rounds: [Int64] = []
    while let next = takers.indices.min(by: { takers[$0].time < takers[$1].time }),
      takers[next].time < end
    {
      let limiter = takers[next].limiters[takers[next].place]
      takers[next].time = pacers[limiter].goesOn(at: takers[next].time)
      takers[next].place = (takers[next].place + 1) % takers[next].limiters.count
      if takers[next].place == 0 { rounds.append(takers[next].time) }
    }
    return rounds
  }

  private func compareCounts(_ step: VectorFields, _ times: [Int64], _ run: VectorRun) {
    for pair in (step["countAt"]?.elements ?? []).map(\.integers) {
      run.compare("count at \(pair[0])", Int64(times.count { $0 < pair[0] }), pair[1])
    }
  }
}

extension OneAccount<Pacer> {
  /// When a request of one unit that comes at `time` goes on.
  fileprivate mutating func goesOn(at time: Int64) -> Int64 {
    let delay = quote(1, at: time).delay
    force(1, at: time)
    return time + delay.nanoseconds
  }
}
