import WeirFormats
import WeirKernel

/// What one operation of the kernel costs.
public struct OperationCost: Sendable {
  /// The operation.
  public let name: String
  /// The time of one, in nanoseconds of the processor.
  public let nanoseconds: Double
}

/// Measures the parts of the kernel that every event goes through.
public enum KernelBenchmark {
  /// The costs of events and samples; each figure is the median over batches of `operations`.
  public static func costs(
    operations: Int = 100_000, pending: [Int] = [100, 10_000, 1_000_000]
  ) -> [OperationCost] {
    let events = pending.map { pending in
      OperationCost(
        name: "event queue, pop and push, \(NumberText.grouped(Int64(pending))) pending",
        nanoseconds: hold(pending: pending, operations))
    }
    return events
      + laws.map { name, law in
        OperationCost(name: "sample, \(name)", nanoseconds: sample(law, operations))
      }
  }

  private static let laws: [(String, Distribution)] = [
    ("uniform", .uniform(low: 0, high: 1)), ("exponential", .exponential(mean: 1)),
    ("normal", .normal(mean: 0, standardDeviation: 1)),
    ("lognormal", .lognormal(median: 1, sigma: 1)), ("gamma", .gamma(shape: 0.5, mean: 1)),
  ]

  /// The hold model: the first event goes, and comes again at a random time.
  private static func hold(pending: Int, _ operations: Int) -> Double {
    var queue = EventQueue()
    queue.reserveCapacity(pending)
    var samples = SampleKey(seed: 2).samples(Purpose(rawValue: 0))
    let span = UInt64(pending) * 2000
    for entity in 0..<pending {
      let time = SimTime(nanoseconds: Int64(samples.next() % span))
      queue.push(Event(time: time, kind: 0, entity: UInt32(entity)))
    }
    return median(batches: 9) {
      for _ in 0..<operations {
        guard let event = queue.popFirst() else { return }
        let later = event.time.nanoseconds + Int64(samples.next() % span)
        queue.push(Event(time: SimTime(nanoseconds: later), kind: 0, entity: event.entity))
      }
    } / Double(operations)
  }

  private static func sample(_ law: Distribution, _ operations: Int) -> Double {
    var sum = 0.0
    var number: UInt64 = 0
    let node = SampleKey(seed: 3)
    let time = median(batches: 9) {
      for _ in 0..<operations {
        number += 1
        var samples = node.child(number).samples(Purpose(rawValue: 1))
        sum += law.sample(&samples)
      }
    }
    // The sum is looked at, so that the samples are made.
    return sum.isNaN ? .nan : time / Double(operations)
  }

  private static func median(batches: Int, _ body: () -> Void) -> Double {
    let times = (0..<batches).map { _ in
      let begun = ProcessUse.threadTime
      body()
      return Double(ProcessUse.threadTime - begun)
    }
    return times.sorted()[batches / 2]
  }
}
