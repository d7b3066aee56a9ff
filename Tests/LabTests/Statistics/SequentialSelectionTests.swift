import Testing
import WeirLab

@Suite struct SequentialSelectionTests {
  struct ConstantCase: Decodable {
    let k: Int
    let alpha: Double
    let n0: Int
    let eta: Double
    let h2: Double
  }

  struct RunCase: Decodable {
    struct Entry: Decodable {
      let eliminated: Int
      let at_r: Int
    }
    let n0: Int
    let alpha: Double
    let delta: Double
    let log: [Entry]
    let selected: Int
    let final_r: Int
    let first_rows: [[Double]]
  }

  @Test("the constants η match their definition in numpy")
  func constants() {
    let cases = vectors("kn_constants", as: ConstantCase.self)
    #expect(cases.count == 24)
    var accuracy = Accuracy()
    for expected in cases {
      let eta = SequentialSelection.eta(
        systems: expected.k, alpha: expected.alpha, firstStage: expected.n0)
      accuracy.compare(eta, expected.eta, "k \(expected.k) n0 \(expected.n0)")
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  /// Four systems with means 0, 0.25, 0.6, 0.4 and a common part, one row per replication.
  private func rows(_ count: Int) -> [[Double]] {
    var generator = SplitMix64(seed: 77)
    return (0..<count).map { _ in
      let common = generator.normal()
      return [0.0, 0.25, 0.6, 0.4].map { $0 + 1.5 * common + generator.normal() }
    }
  }

  @Test("the elimination log of the reference run")
  func run() throws {
    let expected = try #require(vectors("kn_run", as: RunCase.self).first)
    let rows = rows(expected.final_r)
    var accuracy = Accuracy()
    for (row, values) in zip(rows, expected.first_rows) {
      for (actual, value) in zip(row, values) { accuracy.compare(actual, value, "data") }
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
    let firstStage = (0..<4).map { system in rows.prefix(expected.n0).map { $0[system] } }
    var selection = try #require(
      SequentialSelection(
        firstStage, delta: expected.delta, alpha: expected.alpha, direction: .higherIsBetter))
    for row in rows.dropFirst(expected.n0) {
      #expect(selection.selected == nil)
      selection.add(row)
    }
    #expect(selection.selected == expected.selected)
    #expect(selection.replications == expected.final_r)
    #expect(selection.eliminations.map(\.system) == expected.log.map(\.eliminated))
    #expect(selection.eliminations.map(\.replications) == expected.log.map(\.at_r))
  }

  @Test("turning the sign and the direction selects the same system")
  func direction() throws {
    let rows = rows(60)
    let firstStage = (0..<4).map { system in rows.prefix(10).map { -$0[system] } }
    var selection = try #require(
      SequentialSelection(firstStage, delta: 0.15, direction: .lowerIsBetter))
    for row in rows.dropFirst(10) where selection.selected == nil { selection.add(row.map { -$0 }) }
    #expect(selection.selected == 2)
  }

  @Test("one system, or one replication, selects nothing")
  func tooFew() {
    #expect(SequentialSelection([[1, 2]], delta: 1, direction: .lowerIsBetter) == nil)
    #expect(SequentialSelection([[1], [2]], delta: 1, direction: .lowerIsBetter) == nil)
  }
}
