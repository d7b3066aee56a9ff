import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct DagorSheddingTests {
  /// A thousand accounts on a plan that goes first, and a thousand on one that goes last.
  private let directory = Directory(
    planOfAccount: (0..<2000).map { $0 < 1000 ? 0 : 1 },
    plans: [Plan(name: "pro", priority: 0), Plan(name: "free", priority: 5)])

  /// Lets every account ask once, over one second from `second` on, and says who got in.
  private func ask(_ test: inout TestStack, from second: Int64) -> (pro: Int, free: Int) {
    var admitted = (pro: 0, free: 0)
    for account in UInt32(0)..<2000 {
      let request = test.request(1, account: account)
      let now = SimTime.second(second) + SimDuration(nanoseconds: Int64(account) * 500_000)
      guard test.stack.decide(request, at: now, .none).outcome == .admit else { continue }
      if account < 1000 { admitted.pro += 1 } else { admitted.free += 1 }
    }
    return admitted
  }

  @Test("each second of overload takes a twentieth off, from the less important plan first")
  func sheds() {
    var test = TestStack(DagorShedding(), for: directory)
    test.stack.receive(.load(queueDelay: 21, at: 0), at: .zero)
    var admitted: [Int] = []
    for second in Int64(0)..<14 {
      let found = ask(&test, from: second)
      admitted.append(found.pro + found.free)
      if found.free > 0 { #expect(found.pro == 1000) }
    }
    #expect(admitted[0] == 2000)
    for (before, after) in zip(admitted, admitted.dropFirst()) {
      // At least a twentieth goes; priorities are shed whole, some sixteen accounts each at most.
      #expect(after <= before * 95 / 100 + 1 && after >= before * 95 / 100 - 40)
    }
  }

  @Test("without an overload everyone is let in again, a hundredth of the arrivals a second")
  func recovers() {
    var test = TestStack(DagorShedding(), for: directory)
    test.stack.receive(.load(queueDelay: 21, at: 0), at: .zero)
    for second in Int64(0)..<10 { _ = ask(&test, from: second) }
    test.stack.receive(.load(queueDelay: 20, at: 10), at: .second(10))
    var admitted: [Int] = []
    for second in Int64(10)..<120 {
      let found = ask(&test, from: second)
      admitted.append(found.pro + found.free)
    }
    #expect(zip(admitted, admitted.dropFirst()).allSatisfy { $0 <= $1 + 1 })
    #expect(admitted.last == 2000)
  }

  @Test("the order of users is dealt out anew every hour")
  func reshuffles() {
    var gate = DagorShedding()
    gate.prepare(for: directory)
    func order(_ hour: Int64) -> [Int] {
      (UInt32(0)..<1000).map {
        gate.priority(of: Request(account: $0, cost: 1), at: .zero + .minutes(60 * hour + 59))
      }
    }
    #expect(order(0) != order(1) && order(0).allSatisfy { (0..<128).contains($0) })
    #expect(Set(order(0)).count > 120, "all priorities are dealt out")
  }

  @Test("the only priority that is there passes whatever happens, unless that is not wanted")
  func keepsFirst() {
    for keeps in [true, false] {
      var test = TestStack(DagorShedding(keepsFirst: keeps))
      /// Asks 200 times in each of the seconds, and says how often it was let in in the last.
      func ask(_ seconds: Range<Int64>) -> Int {
        seconds.map { second in
          (Int64(0)..<200).count { place in
            let now = SimTime.second(second) + .milliseconds(5 * place)
            return test.stack.decide(test.request(1), at: now, .none).outcome == .admit
          }
        }.last ?? 0
      }
      test.stack.receive(.load(queueDelay: 500, at: 0), at: .zero)
      #expect(ask(0..<20) == (keeps ? 200 : 0))
      // Two of two hundred may come in addition: never all of them.
      test.stack.receive(.load(queueDelay: 0, at: 20), at: .second(20))
      #expect(ask(20..<60) == (keeps ? 200 : 0))
    }
  }

  @Test("with forty arrivals a second it opens again, too")
  func recoversWithFew() {
    var test = TestStack(DagorShedding(), for: directory)
    func ask(_ seconds: Range<Int64>) -> [Int] {
      seconds.map { second in
        (UInt32(0)..<40).count { place in
          let account = UInt32(second) * 40 % 1960 + place
          let now = SimTime.second(second) + .milliseconds(25 * Int64(place))
          return test.stack.decide(test.request(1, account: account), at: now, .none).outcome
            == .admit
        }
      }
    }
    test.stack.receive(.load(queueDelay: 21, at: 0), at: .zero)
    #expect((ask(0..<120).last ?? 40) < 10)
    test.stack.receive(.load(queueDelay: 0, at: 120), at: .second(120))
    #expect((ask(120..<400).last ?? 0) == 40)
  }
}
