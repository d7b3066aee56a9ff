import Foundation

/// Exact answers of queueing theory, in units of the mean service time 1 / μ = 1 unless stated.
///
/// Only tests use these, as outside truth for the simulator; so the C library is fine here.
/// ρ is the load of all servers, a = cρ the offered load in erlangs.
enum ClosedForms {
  // MARK: First come, first served

  /// M/M/1: mean wait in the queue.
  static func mm1Wait(load: Double) -> Double { load / (1 - load) }

  /// M/M/1: the quantile of the time in the system, which is exponential.
  static func mm1SojournQuantile(load: Double, _ share: Double) -> Double {
    -log(1 - share) / (1 - load)
  }

  /// M/M/1: the quantile of the wait, P(W > t) = ρ e^(−(1 − ρ) t).
  static func mm1WaitQuantile(load: Double, _ share: Double) -> Double {
    mmcWaitQuantile(servers: 1, offered: load, share)
  }

  /// M/M/1: the variance constant of the mean wait of n customers, n Var → this (Daley, 1968).
  static func mm1AsymptoticVariance(load: Double) -> Double {
    load * (2 + 5 * load - 4 * load * load + load * load * load) / pow(1 - load, 4)
  }

  /// M/G/c/c: the share that finds all servers busy, for any service law (Erlang B).
  static func erlangB(servers: Int, offered: Double) -> Double {
    var blocking = 1.0
    for server in 1...servers {
      blocking = offered * blocking / (Double(server) + offered * blocking)
    }
    return blocking
  }

  /// M/M/c: the share that has to wait (Erlang C).
  static func erlangC(servers: Int, offered: Double) -> Double {
    let blocking = erlangB(servers: servers, offered: offered)
    return blocking / (1 - offered / Double(servers) * (1 - blocking))
  }

  /// M/M/c: mean wait in the queue.
  static func mmcWait(servers: Int, offered: Double) -> Double {
    erlangC(servers: servers, offered: offered) / (Double(servers) - offered)
  }

  /// M/M/c: the quantile of the wait, P(W > t) = C e^(−(c − a) t).
  static func mmcWaitQuantile(servers: Int, offered: Double, _ share: Double) -> Double {
    let delayed = erlangC(servers: servers, offered: offered)
    return max(0, log(delayed / (1 - share)) / (Double(servers) - offered))
  }

  /// M/G/1: mean wait, by the squared coefficient of variation of service (Pollaczek, Khinchine).
  static func mg1Wait(load: Double, squaredVariation: Double) -> Double {
    load * (1 + squaredVariation) / (2 * (1 - load))
  }

  /// M/D/1: mean wait.
  static func md1Wait(load: Double) -> Double { mg1Wait(load: load, squaredVariation: 0) }

  /// M/M/c/K: blocking, mean number and mean time in the system, for K places, servers included.
  static func mmck(
    servers: Int, places: Int, offered: Double
  ) -> (probabilities: [Double], blocking: Double, number: Double, sojourn: Double) {
    var weights = [1.0]
    for number in 1...places {
      weights.append(weights[number - 1] * offered / Double(min(number, servers)))
    }
    let total = weights.reduce(0, +)
    let probabilities = weights.map { $0 / total }
    let number = probabilities.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    let blocking = probabilities[places]
    return (probabilities, blocking, number, number / (offered * (1 - blocking)))
  }

  // MARK: Other orders of service

  /// M/M/1 with classes, most urgent first, not interrupting: mean wait by class (Cobham).
  static func cobhamWaits(rates: [Double]) -> [Double] {
    let rest = rates.reduce(0, +)
    return sums(rates).map { rest / ((1 - $0.before) * (1 - $0.through)) }
  }

  /// M/M/1 with classes, most urgent first, interrupting and resuming: mean time in the system.
  static func preemptiveSojourns(rates: [Double]) -> [Double] {
    sums(rates).map { 1 / (1 - $0.before) + $0.through / ((1 - $0.before) * (1 - $0.through)) }
  }

  /// M/G/1 processor sharing: mean time in the system of a job of the given size, any service law.
  static func processorSharingSojourn(load: Double, size: Double = 1) -> Double {
    size / (1 - load)
  }

  private static func sums(_ rates: [Double]) -> [(before: Double, through: Double)] {
    var total = 0.0
    return rates.map { rate in
      defer { total += rate }
      return (total, total + rate)
    }
  }

  // MARK: Limiters under Poisson arrivals

  /// Token bucket of B tokens, refilled continuously, unit cost: the share refused.
  ///
  /// The missing tokens are the workload of M/D/1 with at most B in the system; λ / r is the load.
  /// Brun and Garcia, "Analytical solution of finite capacity M/D/1 queues", 2000, have a closed
  /// form, whose alternating terms cost a double all digits beyond B = 20. So the numbers left
  /// behind by departures are solved as a Markov chain, by elimination without subtraction
  /// (Grassmann, Taksar and Heyman, 1985).
  static func tokenBucketRefusal(capacity: Int, load: Double) -> Double {
    var arrivals = [exp(-load)]
    for count in 1...capacity { arrivals.append(arrivals[count - 1] * load / Double(count)) }
    // From each number left behind to the next; the last one takes all that find the system full.
    var chain = (0..<capacity).map { left in
      var row = Array(repeating: 0.0, count: capacity)
      let kept = max(0, left - 1)
      for next in kept..<capacity { row[next] = arrivals[next - kept] }
      row[capacity - 1] = poissonTail(from: capacity - 1 - kept, mean: load)
      return row
    }
    for state in (1..<capacity).reversed() {
      let away = chain[state][..<state].reduce(0, +)
      for before in 0..<state {
        chain[before][state] /= away
        for next in 0..<state { chain[before][next] += chain[before][state] * chain[state][next] }
      }
    }
    var weights = [1.0]
    for state in 1..<max(1, capacity) {
      weights.append((0..<state).reduce(0) { $0 + weights[$1] * chain[$1][state] })
    }
    let empty = 1 / weights.reduce(0, +)
    return (empty + load - 1) / (empty + load)
  }

  /// P(A ≥ least) for a Poisson count.
  private static func poissonTail(from least: Int, mean: Double) -> Double {
    var term = exp(-mean)
    for count in stride(from: 1, through: least, by: 1) { term *= mean / Double(count) }
    var (sum, count) = (0.0, Double(least))
    while sum + term != sum || count < mean {
      sum += term
      count += 1
      term *= mean / count
    }
    return sum
  }

  /// Fixed window of L admissions, λ arrivals expected in a window: the share refused,
  /// E[(A − L)⁺] / λ.
  static func fixedWindowRefusal(limit: Int, expected: Double) -> Double {
    var probability = exp(-expected)
    var belowLimit = 0.0
    for arrivals in 0..<limit {
      belowLimit += Double(limit - arrivals) * probability
      probability *= expected / Double(arrivals + 1)
    }
    // E[(A − L)⁺] = λ − L + E[(L − A)⁺].
    return (expected - Double(limit) + belowLimit) / expected
  }

  /// Sliding log of L admissions in any window: the share refused, λ arrivals expected in a window.
  ///
  /// Each admission holds one of L places for exactly one window: M/D/L/L.
  static func slidingLogRefusal(limit: Int, expected: Double) -> Double {
    erlangB(servers: limit, offered: expected)
  }
}
