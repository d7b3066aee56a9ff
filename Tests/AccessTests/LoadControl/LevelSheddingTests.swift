import Testing
import WeirAccess
import WeirKernel

@Suite struct LevelSheddingTests {
  private let directory = Directory(
    planOfAccount: [0, 1], plans: [Plan(name: "free"), Plan(name: "pro")],
    operations: ["test", "read", "write"])

  /// Test traffic goes first, then what the free plan reads, then all that is written.
  private func stack(steps: Int64 = 1, every: SimDuration = .zero) -> TestStack {
    TestStack(
      LevelShedding(
        [
          .init(operations: ["test"]), .init(plans: ["free"], operations: ["read"]),
          .init(operations: ["write"]),
        ], steps: steps, every: every), for: directory)
  }

  /// The kinds of requests that pass: plan and operation as one number.
  private func passing(_ test: TestStack) -> [Int] {
    (0..<6).filter { kind in
      let request = Request(
        account: UInt32(kind / 3), plan: UInt16(kind / 3), operation: UInt16(kind % 3), cost: 1)
      return test.stack.quote(request, at: .zero, .none).outcome == .admit
    }
  }

  @Test("each sample of a busy pool sheds one level more, each of an idle one restores it")
  func levels() {
    var test = stack()
    var found: [[Int]] = []
    for (second, percent) in [90, 90, 90, 90, 75, 60, 60, 60, 60].enumerated() {
      test.stack.receive(.load(utilisation: Int64(percent), at: Int64(second)), at: .zero)
      found.append(passing(test))
    }
    let all = [0, 1, 2, 3, 4, 5]
    let untested = [1, 2, 4, 5]
    let writes = [2, 4, 5]
    // What the pro plan reads belongs to no level: it is critical.
    #expect(found == [untested, writes, [4], [4], [4], writes, untested, all, all])
  }

  @Test("two that each shed a quarter let nine sixteenths pass, the first as if it were alone")
  func twice() {
    let layer = LevelShedding([.init()], steps: 4)
    var one = TestStack(layer, for: directory)
    var two = TestStack(layer, layer, for: directory)
    one.stack.receive(.load(utilisation: 90, at: 1), at: .zero)
    two.stack.receive(.load(utilisation: 90, at: 1), at: .zero)
    var passed = 0
    for number in 0..<10_000 {
      let request = Request(account: 0, cost: 1, sampleKey: SampleKey(seed: UInt64(number)))
      let alone = one.stack.quote(request, at: .zero, .none).outcome
      let both = two.stack.quote(request, at: .zero, .none)
      #expect((alone == .deny) == (both.refusedBy == 0))
      if both.outcome == .admit { passed += 1 }
    }
    // Five standard deviations of 10,000 trials of 9/16 are 248.
    #expect(abs(passed - 5625) < 248)
  }

  @Test("a level is shed by parts: a quarter more of its requests with each step, the same ones")
  func parts() {
    var test = stack(steps: 4)
    var before: Set<Int> = []
    for step in Int64(1)...4 {
      test.stack.receive(.load(utilisation: 90, at: step), at: .zero)
      let refused = Set(
        (0..<2000).filter { number in
          let request = Request(
            account: 0, operation: 0, cost: 1, sampleKey: SampleKey(seed: UInt64(number)))
          return test.stack.quote(request, at: .zero, .none).outcome == .deny
        })
      #expect(before.isSubset(of: refused))
      #expect(abs(refused.count - Int(500 * step)) < 80)
      before = refused
    }
    #expect(before.count == 2000)
  }

  @Test("steps keep their distance, and a sample that was seen before is none")
  func distance() {
    var test = stack(every: .seconds(10))
    func passingAfter(sample: Int64, at second: Int64) -> Int {
      test.stack.receive(.load(utilisation: 90, at: sample), at: .second(second))
      return passing(test).count
    }
    #expect(passingAfter(sample: 1, at: 1) == 4 && passingAfter(sample: 2, at: 10) == 4)
    #expect(passingAfter(sample: 2, at: 30) == 4 && passingAfter(sample: 3, at: 31) == 3)
  }
}
