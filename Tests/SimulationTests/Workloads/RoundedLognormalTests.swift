import Foundation
import Testing
import WeirKernel

@testable import WeirSimulation

@Suite struct RoundedLognormalTests {
  /// P(X ≥ count) by the C library's complementary error function.
  static func tail(_ count: Int, _ median: Double, _ sigma: Double) -> Double {
    count <= 1 ? 1 : erfc(log((Double(count) - 0.5) / median) / sigma / 2.0.squareRoot()) / 2
  }

  static let laws = [(1.49, 1.94), (6.55, 1.23), (1.62, 1.42)]

  @Test("tails are those of the rounded lognormal law", arguments: laws)
  func tails(median: Double, sigma: Double) {
    let law = RoundedLognormal(median: median, sigma: sigma, atMost: 1000)
    for count in [0, 1, 2, 3, 10, 100, 1000] {
      let exact = Self.tail(count, median, sigma)
      #expect((law.tail(from: Int64(count)) - exact).magnitude < 1e-12 * max(1, exact))
    }
    #expect(law.tail(from: 1001) == 0)
  }

  @Test("the mean is the sum of all tails, capped or not", arguments: laws)
  func means(median: Double, sigma: Double) {
    let capped = RoundedLognormal(median: median, sigma: sigma, atMost: 1000)
    let exact = (1...1000).reduce(0) { $0 + Self.tail($1, median, sigma) }
    #expect((capped.mean / exact - 1).magnitude < 1e-6)
    let free = RoundedLognormal(median: median, sigma: sigma)
    let far = (1...60_000).reduce(0) { $0 + Self.tail($1, median, sigma) }
    #expect((free.mean(atMost: 60_000) / far - 1).magnitude < 1e-6)
    for bound in [0, 1, 2, 7, 200, 201, 900] {
      let sum = (1...1000).prefix(bound).reduce(0) { $0 + Self.tail($1, median, sigma) }
      #expect((free.mean(atMost: Int64(bound)) - sum).magnitude < 1e-6 * max(1, sum))
    }
  }

  @Test("samples follow the tails, from 1 to the cap")
  func samples() {
    let law = RoundedLognormal(median: 1.49, sigma: 1.94, atMost: 50)
    var counts = Array(repeating: 0.0, count: 51)
    let total = 40_000
    for index in 0..<total {
      var samples = SampleKey(seed: 5).samples(.structure, index: UInt32(index))
      counts[Int(law.sample(&samples))] += 1
    }
    #expect(counts[0] == 0)
    for count in 1...50 {
      let probability = law.tail(from: Int64(count)) - law.tail(from: Int64(count + 1))
      let deviation = (Double(total) * probability * (1 - probability)).squareRoot()
      #expect((counts[count] - Double(total) * probability).magnitude < 4.5 * deviation + 1)
    }
  }

  @Test("without spread it is one whole number")
  func constant() {
    let law = RoundedLognormal(median: 19, sigma: 0)
    var samples = SampleKey(seed: 1).samples(.structure)
    #expect(law.sample(&samples) == 19)
    #expect(law.mean == 19)
    #expect(law.tail(from: 19) == 1 && law.tail(from: 20) == 0)
    #expect(RoundedLognormal(median: 0.2, sigma: 0).mean == 1)
  }

  @Test("a law without sense is refused")
  func fields() throws {
    for (law, place) in [
      (#"{"sigma": 1}"#, "/turns/median"), (#"{"median": 0}"#, "/turns/median"),
      (#"{"median": 2, "sigma": -1}"#, "/turns/sigma"),
      (#"{"median": 2, "atMost": 0}"#, "/turns/atMost"),
    ] {
      #expect(try TestWorkload.refused(#"{"type": "codex", "turns": \#(law)}"#) == [place])
    }
  }
}
