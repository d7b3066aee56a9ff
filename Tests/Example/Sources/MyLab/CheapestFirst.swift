import Weir

/// The request with the smallest estimated cost first; of equal ones the first that came.
struct CheapestFirst: Scheduler {
  static let typeName = "cheapestFirst"
  static let summary = "The request with the smallest estimated cost first; then first come."

  /// Those that wait, the next one last.
  private var jobs: [Job] = []

  init(_ fields: Fields) {}

  var count: Int { jobs.count }

  mutating func enqueue(_ job: Job) {
    jobs.insert(job, at: jobs.firstIndex { $0.cost <= job.cost } ?? jobs.endIndex)
  }

  mutating func next() -> Job? { jobs.popLast() }

  mutating func remove(slot: UInt32) { jobs.removeAll { $0.slot == slot } }
}
