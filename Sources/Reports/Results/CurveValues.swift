import WeirFormats
import WeirLab

/// A curve over replications: at each of its places a value, or none, from each replication.
struct CurveValues: Sendable {
  /// The places, in the order of the file.
  private(set) var places: [Double] = []
  private var values: [[Double?]] = []
  private let replications: Int

  init(replications: Int) { self.replications = replications }

  /// The value at a place in one replication; places come in the same order in all of them.
  mutating func set(_ value: Double?, at place: Double, number: Int, replication: Int) {
    while places.count <= number {
      places.append(place)
      values.append(Array(repeating: nil, count: replications))
    }
    values[number][replication] = value
  }

  /// The mean over the replications at each place; `nil` where one has no value.
  func means() -> [(place: Double, mean: MeanInterval?)] {
    zip(places, values).map { ($0, MeanInterval(all: $1)) }
  }

  /// The values at a place, by number.
  subscript(number: Int) -> [Double?] { values[number] }
}

/// The latencies of one policy at which given shares of the intents are done.
struct LatencyValues: Sendable {
  let policy: Int
  /// The population, or the name that stands for all of them.
  let population: String
  /// queue_wait, time_to_first_token or end_to_end.
  let quantity: String
  /// The latency in seconds, by probability.
  var curve: CurveValues

  /// Reads the rows of `latency.csv` for one point.
  static func read(
    _ rows: CSVReader, _ facts: ManifestFacts, point: Int
  ) throws(ScenarioIssue) -> [LatencyValues] {
    var rows = rows
    let places = try RunPlaceColumns(rows, facts)
    let population = try rows.column("population")
    let quantity = try rows.column("quantity")
    let probability = try rows.column("probability")
    let latency = try rows.column("latency_s")
    var curves: [LatencyValues] = []
    var (index, number, last) = (0, 0, RunPlace(policy: -1, point: -1, replication: -1))
    while try rows.next() {
      guard let place = try places.place(rows), place.point == point else { continue }
      let (name, what) = (rows.text(population), rows.text(quantity))
      func isSame(_ curve: LatencyValues) -> Bool {
        curve.policy == place.policy && curve.population == name && curve.quantity == what
      }
      // Rows of one curve stand together, so that the curve is looked for only when it changes.
      if place == last, isSame(curves[index]) {
        number += 1
      } else {
        index = curves.firstIndex(where: isSame) ?? curves.count
        if index == curves.count {
          curves.append(
            LatencyValues(
              policy: place.policy, population: name, quantity: what,
              curve: CurveValues(replications: facts.replications)))
        }
        (number, last) = (0, place)
      }
      curves[index].curve.set(
        try rows.optionalNumber(latency), at: try rows.number(probability), number: number,
        replication: place.replication)
    }
    return curves
  }
}

/// The Lorenz curves of one policy.
struct LorenzValues: Sendable {
  /// The share of accounts, and their share of all service, by the number of the point.
  var accounts: CurveValues
  var service: CurveValues

  /// Curves without a place, one for each policy.
  static func none(_ facts: ManifestFacts) -> [LorenzValues] {
    let empty = CurveValues(replications: facts.replications)
    return facts.policies.map { _ in LorenzValues(accounts: empty, service: empty) }
  }

  /// Reads the rows of `lorenz.csv` for one point and the accounts called `scope`; one curve for
  /// each policy.
  static func read(
    _ rows: CSVReader, _ facts: ManifestFacts, point: Int, _ scope: String
  ) throws(ScenarioIssue) -> [LorenzValues] {
    var rows = rows
    let places = try RunPlaceColumns(rows, facts)
    let population = try rows.column("population")
    let index = try rows.column("point_index")
    let accounts = try rows.column("accounts_share")
    let service = try rows.column("service_share")
    var curves = none(facts)
    while try rows.next() {
      guard let place = try places.place(rows), place.point == point,
        rows.text(population) == scope
      else { continue }
      let number = Int(try rows.integer(index, in: 0...100_000))
      curves[place.policy].accounts.set(
        try rows.optionalNumber(accounts), at: Double(number), number: number,
        replication: place.replication)
      curves[place.policy].service.set(
        try rows.optionalNumber(service), at: Double(number), number: number,
        replication: place.replication)
    }
    return curves
  }
}
