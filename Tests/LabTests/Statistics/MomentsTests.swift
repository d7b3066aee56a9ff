import Testing
import WeirLab

@Suite struct MomentsTests {
  struct HardCase: Decodable, Sendable {
    struct Rule: Decodable, Sendable {
      let first: Double
      let then_alternate: [Double]
      let pairs: Int
    }
    let name: String
    let data: [Double]?
    let rule: Rule?
    let certified_mean: Double
    let certified_sd: Double

    var values: [Double] {
      if let data { return data }
      guard let rule else { return [] }
      return [rule.first] + (0..<rule.pairs).flatMap { _ in rule.then_alternate }
    }
  }

  @Test(
    "large offsets cost no digits of the spread",
    arguments: vectors("variance_hard", as: HardCase.self))
  func hardCases(_ hard: HardCase) {
    let moments = Moments(hard.values)
    var mean = Accuracy()
    mean.compare(moments.mean, hard.certified_mean, hard.name)
    #expect(mean.worst < 1e-13, "\(mean)")
    var spread = Accuracy()
    spread.compare(moments.standardDeviation, hard.certified_sd, hard.name)
    // The decimal data of the NIST sets are themselves rounded to doubles: seven digits remain.
    #expect(spread.worst < 1e-7, "\(spread)")
  }

  @Test("the textbook sum of squares fails where Welford's update holds")
  func cancellation() {
    let values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]
    let sum = values.reduce(0, +)
    let squares = values.reduce(0) { $0 + $1 * $1 }
    #expect((squares - sum * sum / 4) / 3 != 30)
    #expect(Moments(values).variance == 30)
  }

  @Test("spread is undefined for one value")
  func oneValue() {
    let moments = Moments([3.5])
    #expect(moments.mean == 3.5)
    #expect(moments.variance == nil)
    #expect(moments.standardDeviation == nil)
    #expect(moments.standardError == nil)
  }

  @Test("equal values have no spread")
  func constant() {
    #expect(Moments([5, 5, 5]).variance == 0)
  }
}
