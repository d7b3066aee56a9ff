public import WeirFormats
import WeirSimulation

/// The largest load, or the smallest fleet, at which a policy meets the thresholds of a scenario.
///
/// Each value that is looked at is a study of its own with all replications, in the same random
/// worlds as every other; an inconclusive threshold is not met. Values are looked at one after
/// another, and the next one depends on what the whole study before it measured: neither threads
/// nor time decide.
public struct CapacitySearch: Sendable {
  /// The file of the scenario.
  public let path: String
  /// What arguments change in it besides.
  public let overrides: ScenarioOverrides
  /// Layers and other variants of other packages.
  public let extensions: Extensions
  /// The value that is looked for.
  public let pointer: JSONPointer
  /// What it may be.
  public let grid: CapacityGrid
  /// Which end is wanted.
  public let aim: Bisection.Aim

  /// The search for the value at `pointer` in the scenario at `path`.
  public init(
    _ path: String, overrides: ScenarioOverrides = ScenarioOverrides(),
    extensions: Extensions = Extensions(), pointer: JSONPointer, grid: CapacityGrid,
    aim: Bisection.Aim
  ) {
    self.path = path
    self.overrides = overrides
    self.extensions = extensions
    self.pointer = pointer
    self.grid = grid
    self.aim = aim
  }

  /// The scenario with value number `index`, and with these policies alone where any are named.
  ///
  /// - Throws: ``ScenarioFailure``, also when the value is an axis of a sweep, which would set it
  ///   again.
  public func file(_ index: Int, policies: [String] = []) throws(ScenarioFailure) -> ScenarioFile {
    var overrides = overrides
    guard
      let assignment = ScenarioOverrides.Assignment(parsing: "\(pointer)=\(grid.text(index))")
    else { preconditionFailure("a pointer and a value are an assignment") }
    overrides.assignments.append(assignment)
    if !policies.isEmpty { overrides.policies = policies }
    let file = try ScenarioFile(path, overrides: overrides, extensions: extensions)
    if let axis = file.axes.first(where: { $0.pointer == pointer }) {
      throw .invalid([
        ScenarioIssue(
          .rule(expected: "a value that the sweep does not set", found: "the axis \(axis.name)"),
          pointer: pointer, position: nil)
      ])
    }
    return file
  }

  /// Why there is no answer.
  public enum Failure: Error, Sendable {
    /// The scenario is wrong, or becomes so with a value of the grid.
    case scenario(ScenarioFailure)
    /// A run broke an invariant of Weir.
    case study(StudyFailure)
    /// The search was cancelled.
    case cancelled
  }

  /// The policies that thresholds are asserted of, in the order of the scenario.
  public func policies() throws(ScenarioFailure) -> [String] {
    let study = Study(try file(0))
    let named = StudySummary(study).thresholdOutcomes().map(\.policyName)
    return study.scenario.policies.map(\.name).filter { named.contains($0) }
  }

  /// The answer for one policy; `seen` is called after each value, on the calling thread.
  public func answer(
    for policy: String, jobs: Int, cancellation: Cancellation = Cancellation(),
    seen: (CapacityProbe) -> Void = { _ in }
  ) throws(Failure) -> CapacityAnswer {
    var probes: [CapacityProbe] = []
    let found = try Bisection(count: grid.count, aim: aim) { index throws(Failure) in
      let probe = try probe(index, policy, jobs, cancellation)
      probes.append(probe)
      seen(probe)
      return probe.isMet
    }
    return CapacityAnswer(
      policy: policy, best: found.best.map(grid.text), beyond: found.beyond.map(grid.text),
      probes: probes)
  }

  private func probe(
    _ index: Int, _ policy: String, _ jobs: Int, _ cancellation: Cancellation
  ) throws(Failure) -> CapacityProbe {
    let study: Study
    do throws(ScenarioFailure) {
      let whole = try file(index)
      // Others are run only where a threshold is about the change from one of them.
      let needsOthers = whole.scenario.thresholds.contains(where: \.needsBaseline)
      study = Study(needsOthers ? whole : try file(index, policies: [policy]))
    } catch {
      throw .scenario(error)
    }
    let trial: Trial
    do throws(StudyFailure) {
      trial = try Trial(study, jobs: jobs, cancellation: cancellation)
    } catch {
      throw .study(error)
    }
    guard trial.isComplete else { throw .cancelled }
    return CapacityProbe(value: grid.text(index), of: policy, trial)
  }
}

/// One value that a search looked at.
public struct CapacityProbe: Sendable {
  /// One threshold at one point.
  public struct Judged: Sendable {
    /// What came of the threshold.
    public let outcome: ThresholdOutcome
    /// The mean of the metric with its interval; `nil` where a replication has no value.
    public let estimate: MeanInterval?
  }

  /// The value, as decimal text.
  public let value: String
  /// The thresholds of the policy, each at every point that it is asserted at.
  public let judged: [Judged]
  /// How many runs of the policy were saturated.
  public let saturatedRuns: Int
  /// How many runs of the policy there were.
  public let runs: Int

  init(value: String, of policy: String, _ trial: Trial) {
    let summary = trial.summary
    self.value = value
    judged = trial.thresholds.filter { $0.policyName == policy }.map { outcome in
      let values = summary.values(of: outcome)
      let defined = values.compactMap { $0 }
      let isWhole = defined.count == values.count
      return Judged(
        outcome: outcome, estimate: isWhole ? MeanInterval(Moments(defined)) : nil)
    }
    let place = summary.study.scenario.policies.firstIndex { $0.name == policy } ?? 0
    let points = summary.study.points.indices
    saturatedRuns = points.reduce(0) { $0 + summary.saturatedRuns(policy: place, point: $1) }
    runs = points.count * summary.completeReplications
  }

  /// Whether every threshold passes.
  public var isMet: Bool { judged.allSatisfy { $0.outcome.result.outcome == .pass } }

  /// Whether nothing failed, and something could not be told.
  public var isInconclusive: Bool {
    !isMet && judged.allSatisfy { $0.outcome.result.outcome != .fail }
  }
}

/// What a search found for one policy.
public struct CapacityAnswer: Sendable {
  /// The name of the policy.
  public let policy: String
  /// The best value that meets the thresholds; `nil` when not even the easiest does.
  public let best: String?
  /// The next value, which does not meet them; `nil` when the best is the last of the grid.
  public let beyond: String?
  /// Every value that was looked at, in order.
  public let probes: [CapacityProbe]

  /// The probe of a value.
  public func probe(_ value: String) -> CapacityProbe? { probes.first { $0.value == value } }
}
