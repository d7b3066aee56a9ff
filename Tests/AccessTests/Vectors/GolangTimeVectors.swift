import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct GolangTimeVectors {
  @Test("a greedy bucket decides, reserves and cancels as golang.org/x/time/rate does")
  func tokenBucket() throws {
    let run = VectorRun("token_bucket_golang_x_time_rate")
    run.each(try VectorFile("golang-time").groups[0]) { vector in
      let driver = ReservingBucket(vector.given)
      return { step in
        switch step.text("op") {
        case "allow": driver.allow(step, run)
        case "reserve": driver.reserve(step, run)
        case "cancel": driver.cancel(step)
        case "set_limit": driver.change(rate: step.number("ratePerS") ?? "", at: step.time("at"))
        case "set_burst":
          driver.change(burst: step.units("burst"), at: step.time("at"))
        default: driver.uniform(step, run)
        }
      }
    }
    run.finish(cases: 24, steps: 113)
  }
}

/// A bucket with the reservations of golang.org/x/time/rate on top: what later ones have used of
/// an earlier one is their bookkeeping, what is in the bucket is the layer's.
private final class ReservingBucket {
  private var account: OneAccount<TokenBucket>
  private var burst: Int64
  /// Tokens in each hundred seconds.
  private var rate: Int64
  private var reservations: [String: Reservation] = [:]
  private var lastAct = Int64.min
  /// The layer's time never goes back: while the vector's does, the layer's stands still.
  private var shift: Int64 = 0
  private var latest: Int64 = 0

  private struct Reservation {
    var units: Int64
    var actAt: Int64
    var madeAt: Int64
    var rate: Int64
  }

  private static let period: Int64 = 1_300_000_000_000

  init(_ given: VectorFields) {
    burst = given.units("burst")
    rate = Self.refill(given.number("ratePerS") ?? "")
    account = OneAccount(
      TokenBucket(
        capacity: UnitsByPlan(Units(burst)), refill: UnitsByPlan(Units(rate)),
        per: SimDuration(nanoseconds: Self.period),
        initial: Units(given.units("initialTokens"))))
  }

  /// Tokens in 1300 s, which is whole for every rate of the vectors but 1e-10 a second: that one
  /// is driven as no rate at all, which decides the same at the one instant it is asked about.
  private static func refill(_ perSecond: String) -> Int64 {
    switch perSecond {
    case "0.7692307692307693": 1000
    case "1e-10": 0
    default: (Int64(perSecond) ?? -1) * 1300
    }
  }

  private func layerTime(_ time: Int64) -> Int64 { max(latest, time + shift) }

  private func moved(to time: Int64) {
    shift = layerTime(time) - time
    latest = time + shift
  }

  func allow(_ step: VectorFields, _ run: VectorRun) {
    let time = step.time("at")
    let now = SimTime(nanoseconds: layerTime(time))
    run.compare(
      "tokens before", account.layer.tokens(for: account.request, at: now).count,
      step.integer("tokensBefore"))
    let isAllowed = account.take(step.units("n"), at: now.nanoseconds) == nil
    if isAllowed { moved(to: time) }
    run.compare("allowed", isAllowed, step.flag("allowed"))
  }

  func reserve(_ step: VectorFields, _ run: VectorRun) {
    let id = step.text("id")
    let time = step.time("at")
    let units = step.units("n")
    let most = step.integer("maxWait") ?? .max
    let now = SimTime(nanoseconds: layerTime(time))
    let wait = account.layer.wait(for: Units(units), of: account.request, at: now)
    let isMade = units <= burst && (wait?.nanoseconds ?? .max) <= most && wait != nil
    run.compare("ok", isMade, step.flag("ok"))
    guard isMade, let wait else { return }
    moved(to: time)
    account.force(units, at: now.nanoseconds)
    let actAt = time + wait.nanoseconds
    run.compare("act at", actAt, step.integer("actAt"))
    reservations[id] = Reservation(
      units: units, actAt: actAt, madeAt: now.nanoseconds, rate: rate)
    lastAct = actAt
  }

  func cancel(_ step: VectorFields) {
    let time = step.time("at")
    guard let reservation = reservations[step.text("id")], reservation.actAt >= time else { return }
    let usedSince = reservation.rate * (lastAct - reservation.actAt) / Self.period
    let kept = min(reservation.units, usedSince)
    let now = layerTime(time)
    moved(to: time)
    account.settle(reservation.units, takenAt: reservation.madeAt, to: kept, at: now)
    if reservation.actAt == lastAct, reservation.rate > 0 {
      let before = reservation.actAt - reservation.units * Self.period / reservation.rate
      if before >= time { lastAct = before }
    }
  }

  func change(rate text: String, at time: Int64) {
    rate = Self.refill(text)
    moved(to: time)
    account.layer.change(refill: Units(rate), at: SimTime(nanoseconds: latest))
  }

  func change(burst units: Int64, at time: Int64) {
    burst = units
    moved(to: time)
    account.layer.change(capacity: Units(units), at: SimTime(nanoseconds: latest))
  }

  func uniform(_ step: VectorFields, _ run: VectorRun) {
    let interval = step.time("interval")
    let allowed = (0..<step.units("count")).reduce(Int64(0)) { sum, number in
      account.take(1, at: number * interval) == nil ? sum + 1 : sum
    }
    run.compare("allowed", allowed, step.integer("allowed"))
    run.compare("at least", allowed >= step.units("allowedMin"), true)
    let most = step.integer("allowedMax") ?? .max
    run.compare("at most", allowed <= most, true)
  }
}
