import Foundation
public import WeirFormats
public import WeirSimulation

/// A scenario that was run in memory, for tests that assert bounds on it.
///
/// ```swift
/// let check = try ScenarioCheck("Scenarios/launch.json")
/// #expect(check.violations() == [])
/// #expect(check.violation(of: .servedShare, under: "waterfall", ">= 0.9") == nil)
/// ```
///
/// Numbers depend on the scenario and the version of Weir alone, so that such a test fails in the
/// same way everywhere.
public struct ScenarioCheck: Sendable {
  private let trial: Trial

  /// Runs the scenario in the file at `path`, relative to the working directory.
  ///
  /// `extensions` are layers and other variants of the package; `overrides` change values of the
  /// scenario; `jobs` is the number of threads, by default that of the processors.
  ///
  /// - Throws: ``ScenarioCheckFailure`` when the scenario cannot be read or Weir is at fault.
  public init(
    _ path: String, extensions: Extensions = Extensions(),
    overrides: ScenarioOverrides = ScenarioOverrides(), jobs: Int? = nil
  ) throws(ScenarioCheckFailure) {
    do throws(ScenarioFailure) {
      let file = try ScenarioFile(path, overrides: overrides, extensions: extensions)
      try self.init(file, jobs: jobs)
    } catch {
      throw ScenarioCheckFailure(error)
    }
  }

  /// Runs a scenario that was read before.
  init(_ file: ScenarioFile, jobs: Int?) throws(ScenarioFailure) {
    let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    do throws(StudyFailure) {
      trial = try Trial(Study(file), jobs: jobs)
    } catch {
      preconditionFailure("a run broke an invariant of Weir: \(error)")
    }
  }

  /// The metrics of all runs.
  public var summary: StudySummary { trial.summary }

  /// The thresholds of the scenario that do not pass, in words; inconclusive ones among them.
  public func violations() -> [String] {
    trial.thresholds.filter { $0.result.outcome != .pass }.map { outcome in
      let threshold = outcome.threshold
      let point = summary.study.points.count > 1 ? " at \(pointName(outcome.point))" : ""
      return "\(threshold.id): \(threshold.metricText) of \(outcome.policyName)\(point)"
        + " \(threshold.bound): \(outcome.result.words)"
    }
  }

  /// Why a bound does not hold, in words; `nil` when it does.
  ///
  /// - Parameters:
  ///   - metric: What is bounded.
  ///   - policy: The policy that it is asserted of, by name.
  ///   - assertion: The bound, such as `">= 0.9"`; with `%` a change in per cent.
  ///   - subject: The number over the replications that is held against the bound.
  ///   - other: The policy that the value is a change from; without it the value by itself.
  ///   - point: The point of a sweep, by name; the first.
  ///   - population: The population, by name, or "(unlabelled)" for all that are not labelled as
  ///     abusive; all of them together.
  public func violation(
    of metric: Metric, under policy: String, _ assertion: Assertion,
    on subject: ThresholdRule.Subject = .mean, versus other: String? = nil, at point: String? = nil,
    population: String? = nil
  ) -> String? {
    let study = summary.study
    let place = point.map { index(of: $0, in: study.points.map(\.name)) } ?? 0
    let group = population.map { scope(named: $0, of: study.scenario) } ?? .everyone
    func values(_ name: String) -> [Double?] {
      let policy = index(of: name, in: study.scenario.policies.map(\.name))
      return summary.values(of: metric, policy: policy, point: place, scope: group)
    }
    let result = ThresholdRule(assertion, on: subject).evaluate(
      values(policy), versus: other.map(values))
    return result.outcome == .pass ? nil : "\(metric.name) of \(policy): \(result.words)"
  }

  private func scope(named name: String, of scenario: Scenario) -> AccountScope {
    scenario.scope(named: name)
      ?? .population(index(of: name, in: scenario.setting.populations.map(\.name)))
  }

  private func pointName(_ point: Int) -> String { summary.study.points[point].name }

  /// The place of a name; one that is not there is a mistake in the test.
  private func index(of name: String, in names: [String]) -> Int {
    guard let index = names.firstIndex(of: name) else {
      let hint = nearestName(name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
      preconditionFailure("there is no \"\(name)\" among \(names)\(hint)")
    }
    return index
  }
}

/// Why a scenario could not be checked, with all issues in words.
public struct ScenarioCheckFailure: Error, Sendable, CustomStringConvertible {
  /// The failure as evidence.
  public let failure: ScenarioFailure

  init(_ failure: ScenarioFailure) { self.failure = failure }

  /// Every issue with its place.
  public var description: String {
    switch failure {
    case .missing(let path, let reason, _): "cannot read \(path): \(reason)"
    case .invalid(let issues): IssueRenderer.text(issues)
    }
  }
}

extension ThresholdResult {
  /// What was found, and why it does not pass.
  fileprivate var words: String {
    let found = value.map { "found \(NumberText.shortest($0)): " } ?? ""
    return found + "\(reason)"
  }
}

extension Assertion: ExpressibleByStringLiteral {
  /// The assertion that a literal states, such as `">= 0.9"`; one that cannot be read ends the
  /// program.
  public init(stringLiteral text: String) {
    guard let assertion = Assertion(parsing: text) else {
      preconditionFailure("\"\(text)\" is not a bound such as \"<= 30\" or \">= -2%\"")
    }
    self = assertion
  }
}
