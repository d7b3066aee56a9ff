import Testing
import WeirKernel

/// What is trapped here is for the reader of scenarios to report: these are the last line.
@Suite struct PreconditionTests {
  @Test("a law without sense is trapped when it is made, not when it is sampled")
  func laws() async {
    await #expect(processExitsWith: .failure) { _ = Distribution.exponential(mean: -1) }
    await #expect(processExitsWith: .failure) { _ = Distribution.gamma(shape: 0, mean: 1) }
    await #expect(processExitsWith: .failure) {
      _ = Distribution.discrete(values: [1, 2], weights: [0, 0])
    }
    await #expect(processExitsWith: .failure) {
      _ = Distribution.mixture(weights: [1], components: [])
    }
    await #expect(processExitsWith: .failure) {
      _ = Distribution.constant(1).clamped(minimum: 2, maximum: 1)
    }
  }

  @Test("an event in the past is trapped in debug builds")
  func past() async {
    #if DEBUG
      await #expect(processExitsWith: .failure) {
        var queue = EventQueue()
        queue.push(Event(time: SimTime(nanoseconds: 5), kind: 0, entity: 0))
        _ = queue.popFirst()
        queue.push(Event(time: SimTime(nanoseconds: 4), kind: 0, entity: 0))
      }
    #endif
  }

  @Test("a kind or an entity that has no bits is trapped")
  func parts() async {
    await #expect(processExitsWith: .failure) { _ = Event(time: .zero, kind: 16, entity: 0) }
    await #expect(processExitsWith: .failure) {
      _ = Event(time: .zero, kind: 0, entity: Event.greatestEntity + 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Event(time: .distantFuture, kind: 0, entity: 0)
    }
  }
}
