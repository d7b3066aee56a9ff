/// What of a study is done, what is not and why, and how long that will take: nothing is written.
public struct StudyInventory: Sendable {
  /// The study.
  public let study: Study
  /// The runs that were looked for, in their order.
  public let entries: [Entry]

  /// One run and whether it is done.
  public struct Entry: Sendable {
    /// The run.
    public let run: Run
    /// The name of its record without its ending.
    public let address: String
    /// Why it has to be made, in words; `nil` when it is done.
    public let reason: String?
  }

  /// Looks for the records of `runs` of a study, by their numbers.
  public init(_ runs: [Int], of study: Study, _ options: StudyOptions) {
    self.study = study
    let stores = options.runsAgain ? [] : options.records.map { [RunStore(path: $0)] } ?? []
    let maker = RunMaker(
      study: study, options: options, stores: stores, writer: nil, makesRuns: false)
    var entries: [Entry] = []
    _ = OrderedRunner(jobs: options.jobs, window: 64 * options.jobs).run(
      count: runs.count, cancellation: Cancellation(), produce: { maker.make(runs[$0]).reason },
      consume: { index, reason in
        let run = study.run(runs[index])
        let asked = options.runsAgain ? "made again, as asked for" : reason
        entries.append(Entry(run: run, address: study.address(of: run), reason: asked))
      })
    self.entries = entries
  }

  /// How many runs are done.
  public var done: Int { entries.count { $0.reason == nil } }

  /// Why runs have to be made, each reason with how many, most frequent first.
  public var reasons: [(words: String, count: Int)] {
    var counts: [String: Int] = [:]
    for entry in entries { if let reason = entry.reason { counts[reason, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

extension RunMaker.Output {
  /// Why there is no record that serves, in words.
  fileprivate var reason: String? {
    if case .missing(let problem) = self { problem.words } else { nil }
  }
}
