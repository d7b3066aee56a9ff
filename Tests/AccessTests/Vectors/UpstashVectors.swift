import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct UpstashVectors {
  @Test("refunds are never refused and may exceed the limit, as in upstash/ratelimit-js")
  func refunds() throws {
    let run = VectorRun("refundable_limits_upstash")
    run.each(try VectorFile("upstash-ratelimit-js").groups[0]) { vector in
      // Upstream expects the same of its three limiters.
      let limiters = RefundableLimits(UnitsByPlan(Units(vector.given.units("limit"))))
      return { step in
        let rate = step.integer("rate") ?? 0
        let allowed = step.text("op") == "limit" ? limiters.limit(rate) : []
        run.compare("allowed", allowed.allSatisfy { $0 == step.flag("allowed") }, true)
        for remaining in limiters.remaining {
          run.compare("remaining", remaining, step.integer("remaining"))
        }
      }
    }
    run.finish(cases: 7, steps: 27)
  }
}

/// A fixed window, a sliding counter and a token bucket of one limit, all at one instant.
private final class RefundableLimits {
  private var window: OneAccount<FixedWindow>
  private var counter: OneAccount<SlidingCounter>
  private var bucket: OneAccount<TokenBucket>

  init(_ limit: UnitsByPlan) {
    let length = SimDuration.seconds(10)
    window = OneAccount(
      FixedWindow(limit: limit, per: length, alignment: .aligned, countsRefused: true))
    counter = OneAccount(
      SlidingCounter(limit: limit, per: length, estimate: .floored, overshoots: true))
    bucket = OneAccount(
      TokenBucket(
        capacity: limit, refill: limit, per: length, refills: .intervally, overshoots: true))
  }

  /// Takes `rate` units from each of them, or gives them back when it is negative.
  func limit(_ rate: Int64) -> [Bool] {
    guard rate < 0 else {
      let refusal = window.take(rate, at: 0)
      if let refusal {
        let request = Request(account: 0, cost: Units(rate))
        window.layer.observe(.denied(refusal.reason), of: request, at: .zero)
      }
      return [refusal == nil, counter.take(rate, at: 0) == nil, bucket.take(rate, at: 0) == nil]
    }
    window.layer.add(Units(-rate), for: window.request, at: .zero)
    counter.layer.add(Units(-rate), for: counter.request, at: .zero)
    bucket.layer.add(Units(-rate), for: bucket.request, at: .zero, beyondCapacity: true)
    return [true, true, true]
  }

  var remaining: [Int64] {
    [window.meter(at: 0).remaining, counter.meter(at: 0).remaining, bucket.meter(at: 0).remaining]
  }
}
