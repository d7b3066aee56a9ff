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

  @Test("a single account passes whatever happens, unless that is not wanted")
  func keepsFirst() {
    for keeps in [true, false] {
      var test = TestStack(DagorShedding(keepsFirst: keeps))
      test.stack.receive(.load(queueDelay: 500, at: 0), at: .zero)
      let outcomes = (Int64(0)..<50).map { test.decide(1, at: $0).outcome }
      #expect(outcomes.contains(.deny) == !keeps)
      test.stack.receive(.load(queueDelay: 0, at: 50), at: .second(50))
      let later = [60, 90].map { test.decide(1, at: $0).outcome }
      #expect(later == (keeps ? [.admit, .admit] : [.deny, .deny]))
    }
  }
}
