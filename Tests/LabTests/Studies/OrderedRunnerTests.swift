import Foundation
import Synchronization
import Testing

@testable import WeirLab

@Suite struct OrderedRunnerTests {
  @Test("outputs are consumed in order, whatever the threads", arguments: [1, 2, 5])
  func order(_ jobs: Int) {
    var seen: [Int] = []
    let done = OrderedRunner(jobs: jobs).run(count: 40, cancellation: Cancellation()) { index in
      // The even ones take longer, so that the odd ones overtake them.
      if index.isMultiple(of: 2) { Thread.sleep(forTimeInterval: 0.002) }
      return index * index
    } consume: { index, output in
      #expect(output == index * index)
      seen.append(index)
    }
    #expect(done == 40)
    #expect(seen == Array(0..<40))
  }

  @Test("no more outputs exist at once than twice the threads")
  func window() {
    let produced = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    _ = OrderedRunner(jobs: 2).run(count: 30, cancellation: Cancellation()) { _ in
      _ = produced.add(1, ordering: .relaxed)
    } consume: { index, _ in
      Thread.sleep(forTimeInterval: 0.001)
      _ = most.max(produced.load(ordering: .relaxed) - index, ordering: .relaxed)
    }
    #expect(most.load(ordering: .relaxed) <= 5)
  }

  @Test("nothing begins after a cancellation, and what came before is consumed in order")
  func cancelled() {
    let cancellation = Cancellation()
    var seen: [Int] = []
    let done = OrderedRunner(jobs: 2).run(count: 1000, cancellation: cancellation) {
      $0
    } consume: { index, _ in
      seen.append(index)
      if index == 9 { cancellation.cancel() }
    }
    #expect(done < 20)
    #expect(seen == Array(0..<done))
  }

  @Test("a consumer that fails ends the work")
  func failing() {
    #expect(throws: Stop.self) {
      try OrderedRunner(jobs: 2).run(count: 1000, cancellation: Cancellation()) {
        $0
      } consume: { index, _ throws(Stop) in
        if index == 3 { throw Stop() }
      }
    }
  }

  private struct Stop: Error {}

  @Test("nothing to do is done at once")
  func empty() {
    let done = OrderedRunner(jobs: 2).run(count: 0, cancellation: Cancellation()) {
      $0
    } consume: { _, _ in
      Issue.record("consumed")
    }
    #expect(done == 0)
  }
}
