import WeirFormats
public import WeirSimulation

/// How the runs of a study came about.
public struct RunTally: Sendable, Equatable {
  /// Runs that were done before, and found by their content.
  public internal(set) var reused = 0
  /// Runs that were made now.
  public internal(set) var made = 0
  /// Runs that broke invariants, in the order in which they did.
  public internal(set) var failed: [RunFailure] = []
  /// Why runs were made that seemed to be there, each reason with how many, most frequent first.
  public var remarks: [String] {
    refused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { words, count in
      "\(NumberText.counted(count, "run", "runs")) made again: \(words)"
    }
  }

  private var refused: [String: Int] = [:]

  mutating func add(_ output: RunMaker.Output, of run: Run) {
    switch output {
    case .reused: reused += 1
    case .made(_, let reason):
      made += 1
      if reason != .absent { refused[reason.words, default: 0] += 1 }
    case .broken(let invariants): failed.append(RunFailure(run: run, invariants: invariants))
    case .missing, .unwritable: break
    }
  }
}

/// A run that broke invariants of Weir.
public struct RunFailure: Sendable, Equatable {
  /// The run.
  public let run: Run
  /// What it broke.
  public let invariants: [BrokenInvariant]
}
