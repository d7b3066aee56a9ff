import Testing

/// The closed forms against published tables and values computed with mpmath at 30 to 50 digits.
@Suite struct ClosedFormsTests {
  /// Whether `actual` has all printed digits of `printed`, of which there are about seven.
  private func agrees(_ actual: Double, _ printed: Double, digits: Double = 1e-6) -> Bool {
    (actual - printed).magnitude <= digits * printed.magnitude
  }

  struct SingleCase: Decodable, Sendable {
    let rho: Double
    let Wq: Double
    let p95_sojourn: Double
    let p99_sojourn: Double
    let asymptotic_var_Wq_per_customer: Double
  }

  @Test("M/M/1", arguments: vectors("queue_mm1", as: SingleCase.self))
  func mm1(_ expected: SingleCase) {
    let load = expected.rho
    var accuracy = Accuracy()
    accuracy.compare(ClosedForms.mm1Wait(load: load), expected.Wq, "wait")
    accuracy.compare(
      ClosedForms.mm1SojournQuantile(load: load, 0.95), expected.p95_sojourn, "p95")
    accuracy.compare(
      ClosedForms.mm1SojournQuantile(load: load, 0.99), expected.p99_sojourn, "p99")
    accuracy.compare(
      ClosedForms.mm1AsymptoticVariance(load: load), expected.asymptotic_var_Wq_per_customer,
      "variance constant")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test(
    "M/M/1: p99 of the wait", arguments: [(0.5, 7.824046), (0.8, 21.910133), (0.95, 91.077538)])
  func mm1WaitQuantile(load: Double, printed: Double) {
    #expect(agrees(ClosedForms.mm1WaitQuantile(load: load, 0.99), printed))
  }

  struct MultipleCase: Decodable, Sendable {
    let c: Int
    let offered_erlangs: Double
    let erlang_b: Double
    let erlang_c: Double
    let Wq: Double
    let p95_wait: Double
  }

  @Test("M/M/c, with Erlang B and C", arguments: vectors("queue_mmc", as: MultipleCase.self))
  func mmc(_ expected: MultipleCase) {
    let (servers, offered) = (expected.c, expected.offered_erlangs)
    var accuracy = Accuracy()
    accuracy.compare(
      ClosedForms.erlangB(servers: servers, offered: offered), expected.erlang_b, "B")
    accuracy.compare(
      ClosedForms.erlangC(servers: servers, offered: offered), expected.erlang_c, "C")
    accuracy.compare(ClosedForms.mmcWait(servers: servers, offered: offered), expected.Wq, "wait")
    accuracy.compare(
      ClosedForms.mmcWaitQuantile(servers: servers, offered: offered, 0.95), expected.p95_wait,
      "p95")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("M/M/16 at 0.9: the case of the speed comparison")
  func mm16() {
    #expect(agrees(ClosedForms.erlangC(servers: 16, offered: 14.4), 0.591343, digits: 1e-5))
    #expect(agrees(ClosedForms.mmcWait(servers: 16, offered: 14.4), 0.369590, digits: 1e-5))
    #expect(agrees(ClosedForms.mmcWaitQuantile(servers: 16, offered: 14.4, 0.99), 2.549882))
  }

  @Test(
    "Erlang B",
    arguments: [(1, 0.8, 0.444444), (5, 3, 0.110054), (64, 60, 0.0603627)]
      + [(100, 100, 0.0757005)])
  func erlangB(servers: Int, offered: Double, printed: Double) {
    #expect(
      agrees(ClosedForms.erlangB(servers: servers, offered: offered), printed, digits: 5e-6))
  }

  struct GeneralCase: Decodable, Sendable {
    let lambda: Double
    let cv2_service: Double
    let Wq: Double
  }

  @Test("M/G/1 by Pollaczek and Khinchine", arguments: vectors("queue_mg1", as: GeneralCase.self))
  func mg1(_ expected: GeneralCase) {
    var accuracy = Accuracy()
    accuracy.compare(
      ClosedForms.mg1Wait(load: expected.lambda, squaredVariation: expected.cv2_service),
      expected.Wq, "wait")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("M/D/1", arguments: [(0.5, 0.5), (0.8, 2), (0.9, 4.5)])
  func md1(load: Double, printed: Double) {
    #expect(agrees(ClosedForms.md1Wait(load: load), printed, digits: 1e-12))
  }

  struct LimitedCase: Decodable, Sendable {
    let c: Int
    let K: Int
    let offered: Double
    let P: [Double]
    let blocking: Double
    let L: Double
    let W: Double
  }

  @Test("M/M/c/K", arguments: vectors("queue_mmck", as: LimitedCase.self))
  func mmck(_ expected: LimitedCase) {
    let actual = ClosedForms.mmck(
      servers: expected.c, places: expected.K, offered: expected.offered)
    var accuracy = Accuracy()
    accuracy.compare(actual.blocking, expected.blocking, "blocking")
    accuracy.compare(actual.number, expected.L, "number")
    accuracy.compare(actual.sojourn, expected.W, "sojourn")
    for (number, probability) in expected.P.enumerated() {
      accuracy.compare(actual.probabilities[number], probability, "P(\(number))")
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test(
    "M/M/1/K",
    arguments: [(0.8, 10, 0.0234929, 2.966314), (1.2, 10, 0.192586, 6.710709)]
      + [(1.0, 10, 0.0909091, 5), (0.9, 20, 0.0136514, 6.419888)])
  func mm1k(load: Double, places: Int, blocking: Double, number: Double) {
    let actual = ClosedForms.mmck(servers: 1, places: places, offered: load)
    #expect(agrees(actual.blocking, blocking, digits: 5e-6))
    #expect(agrees(actual.number, number))
  }

  @Test("M/M/2/3 of the simmer manual")
  func simmer() {
    let actual = ClosedForms.mmck(servers: 2, places: 3, offered: 0.75)
    let printed = [0.468007, 0.351005, 0.131627, 0.0493601]
    for (probability, value) in zip(actual.probabilities, printed) {
      #expect(agrees(probability, value, digits: 5e-6))
    }
    #expect(agrees(actual.number, 0.762340, digits: 5e-6))
  }

  @Test(
    "priorities without interruption (Cobham)",
    arguments: [
      ([0.4, 0.4], [1.333333, 6.666667]), ([0.2, 0.6], [1, 5]),
      ([0.3, 0.3, 0.3], [1.285714, 3.214286, 22.5]),
    ])
  func cobham(rates: [Double], printed: [Double]) {
    let waits = ClosedForms.cobhamWaits(rates: rates)
    for (wait, value) in zip(waits, printed) { #expect(agrees(wait, value)) }
    // Kleinrock's conservation law: no order of service changes Σ ρ W.
    let load = rates.reduce(0, +)
    let conserved = zip(rates, waits).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(agrees(conserved, load * ClosedForms.mm1Wait(load: load), digits: 1e-12))
  }

  @Test(
    "priorities with interruption",
    arguments: [
      ([0.4, 0.4], [1.666667, 8.333333]), ([0.3, 0.3, 0.3], [1.428571, 3.571429, 25]),
    ])
  func preemptive(rates: [Double], printed: [Double]) {
    for (sojourn, value) in zip(ClosedForms.preemptiveSojourns(rates: rates), printed) {
      #expect(agrees(sojourn, value))
    }
  }

  @Test("processor sharing", arguments: [(0.1, 0.5), (1, 5), (5, 25)])
  func processorSharing(size: Double, printed: Double) {
    let sojourn = ClosedForms.processorSharingSojourn(load: 0.8, size: size)
    #expect(agrees(sojourn, printed, digits: 1e-12))
  }

  @Test(
    "token bucket: M/D/1 with at most B in the system",
    arguments: [
      (1, 0.5, 0.333333), (1, 2, 0.666667), (2, 0.5, 0.0962745), (2, 1, 0.268941),
      (5, 0.8, 0.0352904), (5, 2, 0.500253), (10, 0.5, 4.05716e-6), (10, 0.8, 0.00363923),
      (10, 0.9, 0.0166317), (10, 1, 0.0508475), (10, 1.2, 0.170911), (10, 2, 0.50000009),
      (10, 5, 0.8), (20, 0.8, 4.82718e-5), (20, 1, 0.0252101), (20, 1.2, 0.166763),
    ])
  func tokenBucket(capacity: Int, load: Double, printed: Double) {
    let refused = ClosedForms.tokenBucketRefusal(capacity: capacity, load: load)
    #expect(agrees(refused, printed, digits: 5e-6), "\(refused)")
  }

  @Test(
    "fixed window",
    arguments: [
      (1, 1, 0.367879), (10, 8, 0.0532330), (10, 10, 0.125110), (10, 15, 0.342456),
      (100, 100, 0.0398610),
    ])
  func fixedWindow(limit: Int, expected: Double, printed: Double) {
    let refused = ClosedForms.fixedWindowRefusal(limit: limit, expected: expected)
    #expect(agrees(refused, printed, digits: 5e-6), "\(refused)")
  }

  @Test(
    "sliding log: Erlang B",
    arguments: [(1, 1, 0.5), (10, 8, 0.121661), (10, 10, 0.214582), (10, 15, 0.410341)])
  func slidingLog(limit: Int, expected: Double, printed: Double) {
    let refused = ClosedForms.slidingLogRefusal(limit: limit, expected: expected)
    #expect(agrees(refused, printed, digits: 5e-6), "\(refused)")
  }
}
