import Testing
import WeirLab

@Suite struct BisectionTests {
  @Test(
    "the edge is found wherever it lies, for both aims", arguments: Bisection.Aim.allCases,
    [1, 2, 3, 8, 100])
  func edges(_ aim: Bisection.Aim, _ count: Int) {
    for edge in 0...count {
      // The numbers below the edge meet for the largest, those from it on for the smallest.
      let found = Bisection(count: count, aim: aim) { aim == .largest ? $0 < edge : $0 >= edge }
      switch aim {
      case .largest:
        #expect(found.best == (edge == 0 ? nil : edge - 1), "\(edge)")
        #expect(found.beyond == (edge == count ? nil : edge), "\(edge)")
      case .smallest:
        #expect(found.best == (edge == count ? nil : edge), "\(edge)")
        #expect(found.beyond == (edge == 0 ? nil : edge - 1), "\(edge)")
      }
    }
  }

  @Test("a billion values take 32 looks, and none is looked at twice")
  func looks() {
    var seen: [Int] = []
    let found = Bisection(count: 1_000_000_000, aim: .largest) { number in
      seen.append(number)
      return number <= 123_456_789
    }
    #expect(found.best == 123_456_789)
    #expect(seen.count <= 32)
    #expect(Set(seen).count == seen.count)
  }

  @Test("what is not met on a whole side still ends at an edge")
  func notMonotone() throws {
    let met = [true, true, false, true, true, false, false, true, false]
    let found = Bisection(count: met.count, aim: .largest) { met[$0] }
    let best = try #require(found.best)
    #expect(found.beyond == best + 1)
    #expect(met[best] && !met[best + 1])
  }
}
