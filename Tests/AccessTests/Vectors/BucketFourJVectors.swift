import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct BucketFourJVectors {
  @Test("buckets, several at once, refill and decide as bucket4j's do")
  func tokenBucket() throws {
    let run = VectorRun("token_bucket_bucket4j")
    run.each(try VectorFile("bucket4j").groups[0]) { vector in
      let driver = SeveralBuckets(vector.given)
      return { driver.run($0, run) }
    }
    run.finish(cases: 133, steps: 276)
  }
}

/// Several buckets of one account as one limit; every operation is at the time of its step.
private final class SeveralBuckets {
  private var account: OneAccount<AllOf>
  private let start: Int64

  init(_ given: VectorFields) {
    start = given.time("start")
    account = OneAccount(Self.buckets(given, start))
  }

  private static func buckets(_ given: VectorFields, _ start: Int64) -> AllOf {
    let bandwidths = given.objects("bandwidths")
    let buckets = bandwidths.map { fields -> any Layer in
      let refills: [String: TokenBucket.Refills] = [
        "greedy": .greedy, "intervally": .intervally, "intervally_aligned": .aligned,
      ]
      return TokenBucket(
        capacity: UnitsByPlan(Units(fields.units("capacity"))),
        refill: UnitsByPlan(Units(fields.units("refillTokens"))),
        per: SimDuration(nanoseconds: fields.time("refillPeriod")),
        refills: refills[fields.text("refill")] ?? .greedy,
        firstRefill: fields.integer("firstRefill").map { SimTime(nanoseconds: $0 - start) },
        initial: Units(fields.units("initialTokens")),
        startsInProportion: fields.flag("adaptiveInitialTokens") ?? false)
    }
    return AllOf(buckets, names: bandwidths.map { $0.text("id") })
  }

  private func replace(_ step: VectorFields, at now: SimTime) {
    let inheritances: [String: Inheritance] = [
      "RESET": .reset, "AS_IS": .asIs, "ADDITIVE": .additive, "PROPORTIONALLY": .proportional,
    ]
    var buckets = Self.buckets(step, start)
    _ = buckets.succeed(
      account.layer,
      in: Succession(
        in: .alike(accounts: 1), inheritance: inheritances[step.text("inherit")] ?? .reset,
        at: now))
    account.layer = buckets
  }

  private var buckets: [TokenBucket] { account.layer.members.compactMap { $0 as? TokenBucket } }

  private func update(_ body: (inout TokenBucket) -> Void) {
    account.layer.members = buckets.map { bucket in
      var bucket = bucket
      body(&bucket)
      return bucket
    }
  }

  func run(_ step: VectorFields, _ run: VectorRun) {
    let time = step.time("at") - start
    let now = SimTime(nanoseconds: time)
    let units = step.units("n")
    let request = account.request
    switch step.text("op") {
    case "try_consume", "try_consume_probe":
      let refusal = account.take(units, at: time)
      run.compare("allowed", refusal == nil, step.flag("allowed"))
      run.compare("wait", wait(refusal), step.integer("wait"))
      run.compare("remaining", account.meter(at: time).remaining, step.integer("remaining"))
    case "estimate":
      let refusal = account.quote(units, at: time).refusal
      run.compare("allowed", refusal == nil, step.flag("allowed"))
      run.compare("wait", wait(refusal), step.integer("wait"))
    case "consume_as_much_as_possible":
      let most = step.integer("max") ?? 1_000_000
      run.compare("taken", account.takeAtMost(most, at: time), step.integer("taken"))
    case "consume_ignoring_limits":
      account.force(units, at: time)
      run.compare(
        "wait for the overflow", longestWait(for: 0, at: now), step.integer("overflowWait"))
    case "blocking_try_consume":
      let wait = longestWait(for: units, at: now)
      let isAllowed = wait <= step.time("maxWait")
      if isAllowed { account.force(units, at: time) }
      run.compare("allowed", isAllowed, step.flag("allowed"))
      run.compare("slept", isAllowed ? wait : 0, step.integer("slept"))
    case "delay_for": run.compare("wait", longestWait(for: units, at: now), step.integer("wait"))
    case "time_to_full":
      run.compare(
        "wait", buckets.map { full($0, at: now) }.max(), step.integer("wait"))
    case "add_tokens": update { $0.add(Units(units), for: request, at: now) }
    case "force_add_tokens":
      update { $0.add(Units(units), for: request, at: now, beyondCapacity: true) }
    case "reset": update { $0.add(Units(1_000_000), for: request, at: now) }
    case "raw_consume":
      account.force(units, at: time)
      run.compare("tokens", tokens(at: now), step.integer("tokens"))
    case "refill":
      let level = buckets[0].exactLevel(for: request, at: now)
      run.compare("tokens", level.tokens.count, step.integer("tokens"))
      run.compare("part of a token", level.fraction, step.integer("roundingError"))
    case "replace_config": replace(step, at: now)
    case "sizes":
      let sizes = buckets.map { $0.tokens(for: request, at: now).count }
      run.compare("sizes", sizes, step.integers("sizes"))
    default: run.compare("available", tokens(at: now), step.integer("available"))
    }
  }

  private func tokens(at now: SimTime) -> Int64 {
    buckets.map { $0.tokens(for: account.request, at: now).count }.min() ?? 0
  }

  private func longestWait(for units: Int64, at now: SimTime) -> Int64 {
    buckets.map { bucket in
      bucket.wait(for: Units(units), of: account.request, at: now)?.nanoseconds ?? .max
    }.max() ?? 0
  }

  private func full(_ bucket: TokenBucket, at now: SimTime) -> Int64 {
    bucket.meter(for: account.request, at: now)?.resetAfter?.nanoseconds ?? .max
  }

  private func wait(_ refusal: Refusal?) -> Int64 {
    guard let refusal else { return 0 }
    return refusal.wait ?? .max
  }
}
