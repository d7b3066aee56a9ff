import Synchronization
import Testing
import WeirSystem

@Suite struct WorkThreadTests {
  /// Numbers that threads hand over.
  final class Box: @unchecked Sendable {
    // All state is guarded by the condition's lock.
    private let condition = Condition()
    private var numbers: [Int] = []

    func add(_ number: Int) {
      condition.lock()
      numbers.append(number)
      condition.broadcast()
      condition.unlock()
    }

    /// The numbers, as soon as there are `count`.
    func wait(for count: Int) -> [Int] {
      condition.lock()
      defer { condition.unlock() }
      while numbers.count < count { condition.wait() }
      return numbers
    }
  }

  @Test("threads do their work, and who waits is woken by it")
  func work() {
    let box = Box()
    for number in 0..<50 { WorkThread.start { box.add(number) } }
    #expect(box.wait(for: 50).sorted() == Array(0..<50))
  }

  @Test("a thread has a deep stack")
  func deep() {
    let box = Box()
    // Each step takes at least a kibibyte of the stack, all of them 4 MiB.
    @Sendable func depth(_ steps: Int) -> Int {
      withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { bytes in
        bytes.initializeMemory(as: UInt8.self, repeating: UInt8(steps & 1))
        return steps == 0 ? 0 : depth(steps - 1) + (bytes[0] == steps & 1 ? 1 : 0)
      }
    }
    WorkThread.start { box.add(depth(4096)) }
    #expect(box.wait(for: 1) == [4096])
  }

  @Test("waiting for nothing ends at its time, not before")
  func timeOut() {
    let condition = Condition()
    let started = ContinuousClock.now
    condition.lock()
    // A wait may end early without a reason; its time is then not over yet.
    let end = Date(timeIntervalSinceNow: 0.02)
    while condition.wait(until: end) {}
    condition.unlock()
    #expect(started.duration(to: .now) > .milliseconds(15))
    condition.lock()
    #expect(!condition.wait(until: Date(timeIntervalSinceNow: -1)))
    #expect(!condition.wait(until: Date(timeIntervalSince1970: -1)))
    condition.unlock()
  }
}
