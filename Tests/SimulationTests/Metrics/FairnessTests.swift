import Foundation
import Testing
import WeirSimulation

/// Indices computed with Python's exact summation and closed forms; water-filling cases 1 and 2 are
/// Keshav's textbook examples, the service differences follow the VTC artifact.
private struct FairnessFixture: Decodable {
  struct Indices: Decodable, Sendable {
    let name: String
    let x: [Double]
    let jain: Double?
    let gini: Double?
    let gini_bias_corrected: Double?
    let hoover: Double?
    let theil_t: Double?
    let min_over_max: Double?
    let max_over_mean: Double?
    let alpha_utility: [String: Double?]
    let cov_population: Double?
    let atkinson: [String: Double?]
    let lorenz: [[Double?]]
  }
  struct MaxMin: Decodable, Sendable {
    let capacity: Double
    let demand: [Double]
    let weights: [Double]?
    let alloc: [Double]
  }
  struct Envy: Decodable, Sendable {
    let demand: [Double]
    let alloc: [Double]
    let max: Double
    let total: Double
  }
  struct ServiceDifference: Decodable, Sendable {
    let service: [[Double]]
    let requested: [[Double]]
    let windowed: [Double]
  }
  let indices: [Indices]
  let maxMin: [MaxMin]
  let envy: [Envy]
  let serviceDifference: ServiceDifference

  static let shared: FairnessFixture = {
    guard
      let url = Bundle.module.url(forResource: "Fixtures/fairness", withExtension: "json"),
      let data = try? Data(contentsOf: url),
      let fixture = try? JSONDecoder().decode(FairnessFixture.self, from: data)
    else { preconditionFailure("the fixture fairness.json is missing or malformed") }
    return fixture
  }()
}

/// Whether both are undefined, or closer than 1e-12.
private func agrees(_ actual: Double?, _ expected: Double?) -> Bool {
  guard let actual, let expected else { return actual == nil && expected == nil }
  return (actual - expected).magnitude <= 1e-12 * max(1e-3, expected.magnitude)
}

@Suite struct FairnessTests {
  @Test("indices of equal, skewed, empty and single allocations", arguments: 0..<8)
  func indices(_ number: Int) {
    let expected = FairnessFixture.shared.indices[number]
    let name = expected.name
    #expect(agrees(Fairness.jain(expected.x), expected.jain), "\(name)")
    #expect(agrees(Fairness.gini(expected.x), expected.gini), "\(name)")
    #expect(agrees(Fairness.correctedGini(expected.x), expected.gini_bias_corrected), "\(name)")
    #expect(agrees(Fairness.maxOverMean(expected.x), expected.max_over_mean), "\(name)")
    #expect(agrees(Fairness.hoover(expected.x), expected.hoover), "\(name)")
    #expect(agrees(Fairness.theil(expected.x), expected.theil_t), "\(name)")
    #expect(agrees(Fairness.minMax(expected.x), expected.min_over_max), "\(name)")
    for (aversion, key) in [(0.5, "0.5"), (1.0, "1"), (2.0, "2")] {
      let value = expected.atkinson[key] ?? nil
      #expect(agrees(Fairness.atkinson(expected.x, aversion: aversion), value), "\(name) \(key)")
    }
    for (alpha, key) in [(0.0, "0"), (0.5, "0.5"), (1.0, "1"), (2.0, "2")] {
      let value = expected.alpha_utility[key] ?? nil
      #expect(agrees(Fairness.utility(expected.x, alpha: alpha), value), "\(name) \(key)")
    }
    let curve = Fairness.lorenz(expected.x)
    #expect(curve.count == expected.lorenz.count)
    for (point, pair) in zip(curve, expected.lorenz) {
      #expect(agrees(point.population, pair[0]) && agrees(point.amount, pair[1]), "\(name)")
    }
  }

  @Test("the fixture holds eight allocations") func caseCount() {
    #expect(FairnessFixture.shared.indices.count == 8)
    #expect(FairnessFixture.shared.maxMin.count == 5)
    #expect(FairnessFixture.shared.envy.count == 2)
  }

  @Test("Jain's index is 1 / (1 + CV²)", arguments: 0..<8)
  func jainIdentity(_ number: Int) {
    let expected = FairnessFixture.shared.indices[number]
    guard let variation = expected.cov_population else { return }
    #expect(agrees(Fairness.jain(expected.x), 1 / (1 + variation * variation)))
  }

  @Test("where nobody got anything, nothing is called fair")
  func nothing() {
    for values in [[], [0.0, 0, 0]] {
      #expect(Fairness.jain(values) == nil)
      #expect(Fairness.gini(values) == nil)
      #expect(Fairness.minMax(values) == nil)
      #expect(Fairness.hoover(values) == nil)
      #expect(Fairness.theil(values) == nil)
      #expect(Fairness.atkinson(values, aversion: 1) == nil)
    }
  }

  @Test("a Lorenz curve in parts keeps both ends and lies on the full curve")
  func lorenzParts() {
    let values = (1...1000).map(Double.init)
    let full = Fairness.lorenz(values)
    let parts = Fairness.lorenz(values, parts: 7)
    #expect(parts.count == 8)
    #expect(parts.first == full.first)
    #expect(parts.last == full.last)
    #expect(parts.allSatisfy { full.contains($0) })
    #expect(Fairness.lorenz([2, 1], parts: 50).count == 3)
    #expect(Fairness.lorenz([]).count == 1)
  }

  @Test("water-filling gives the textbook allocations", arguments: 0..<5)
  func waterFilling(_ number: Int) {
    let expected = FairnessFixture.shared.maxMin[number]
    let actual = Fairness.maxMinAllocation(
      of: expected.capacity, demands: expected.demand, weights: expected.weights)
    #expect(actual.count == expected.alloc.count)
    for (value, share) in zip(actual, expected.alloc) { #expect(agrees(value, share)) }
  }

  @Test("the max-min fair allocation is at distance 0, and its worst share is 1")
  func fairDistance() throws {
    let ideal = Fairness.maxMinAllocation(of: 10, demands: [2, 2.6, 4, 5])
    #expect(Fairness.maxMinDistance(ideal, capacity: 10, demands: [2, 2.6, 4, 5]) == 0)
    #expect(Fairness.worstShareOfMaxMin(ideal, capacity: 10, demands: [2, 2.6, 4, 5]) == 1)
  }

  @Test("giving all to one of two equals is half a capacity away")
  func unfairDistance() {
    #expect(Fairness.maxMinDistance([10, 0], capacity: 10, demands: [10, 10]) == 0.5)
    #expect(Fairness.worstShareOfMaxMin([10, 0], capacity: 10, demands: [10, 10]) == 0)
    #expect(Fairness.maxMinDistance([0, 0], capacity: 0, demands: [1, 1]) == nil)
    #expect(Fairness.worstShareOfMaxMin([0, 0], capacity: 10, demands: [0, 0]) == nil)
  }

  @Test("envy counts only what would be used", arguments: 0..<2)
  func envy(_ number: Int) {
    let expected = FairnessFixture.shared.envy[number]
    let envy = Fairness.envy(expected.alloc, demands: expected.demand)
    #expect(envy.greatest == expected.max)
    #expect(envy.total == expected.total)
  }

  @Test("an account that asked for little is not called wronged")
  func serviceDifference() {
    let expected = FairnessFixture.shared.serviceDifference
    for (window, value) in expected.windowed.enumerated() {
      let actual = Fairness.serviceDifference(
        service: expected.service.map { $0[window] },
        requested: expected.requested.map { $0[window] })
      #expect(actual == value)
    }
    #expect(Fairness.serviceDifference(service: [], requested: []) == nil)
  }
}
