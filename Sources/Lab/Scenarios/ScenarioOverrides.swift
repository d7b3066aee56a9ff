public import WeirFormats
import WeirSimulation

/// What arguments change in a scenario.
public struct ScenarioOverrides: Sendable {
  /// Values to set, in order.
  public var assignments: [Assignment]
  /// The names of the policies to keep; all of them when empty.
  public var policies: [String]

  /// Creates overrides.
  public init(_ assignments: [Assignment] = [], policies: [String] = []) {
    self.assignments = assignments
    self.policies = policies
  }

  /// One value to set.
  public struct Assignment: Sendable {
    /// The place of the value.
    public let pointer: JSONPointer
    /// The value: JSON, or else a text.
    public let value: String
    /// The option as it was given, for messages and for the command that repeats the study.
    public let option: String

    private init(_ pointer: JSONPointer, _ value: String, option: String) {
      self.pointer = pointer
      self.value = value
      self.option = option
    }

    /// Reads the argument of `--set`, such as `/fleet/0/servers=40`; `nil` when it is not one.
    public init?(parsing argument: String) {
      guard let equals = argument.firstIndex(of: "="),
        let pointer = JSONPointer(parsing: String(argument[..<equals])), !pointer.tokens.isEmpty
      else { return nil }
      let value = argument[argument.index(after: equals)...]
      self.init(pointer, String(value), option: "--set \(pointer)")
    }

    /// The value of `--seed`.
    public static func seed(_ value: String) -> Assignment {
      Assignment(JSONPointer(["seed"]), value, option: "--seed")
    }

    /// The value of `--replications`.
    public static func replications(_ value: String) -> Assignment {
      Assignment(JSONPointer(["replications"]), value, option: "--replications")
    }
  }
}

extension ScenarioOverrides {
  /// The document with all assignments made; those that cannot be are recorded.
  func applied(to document: JSONNode, _ issues: inout [ScenarioIssue]) -> JSONNode {
    var document = document
    for assignment in assignments {
      let source = SourceFile(name: assignment.option, text: assignment.value)
      let node = JSONNode.argument(source)
      if assignment.pointer.tokens.first == "extends" {
        issues.append(
          ScenarioIssue(
            .unusable(reason: "files are read before values are set; extend in the file itself"),
            pointer: assignment.pointer, position: node.position))
        continue
      }
      do throws(ScenarioIssue) {
        document = try document.setting(assignment.pointer, to: node)
      } catch {
        issues.append(error)
      }
    }
    return document
  }

  /// The document with the chosen policies only, and the thresholds on them.
  ///
  /// A baseline that is not among them gives way to the first one that is.
  func choosing(
    among scenario: Scenario, in document: JSONNode, _ issues: inout [ScenarioIssue]
  ) -> JSONNode {
    guard !policies.isEmpty, let members = document.members else { return document }
    let known = scenario.policies.map(\.name)
    for name in policies where !known.contains(name) {
      let source = SourceFile(name: "--policy", text: name)
      issues.append(
        .unknownName(
          name, known: known, pointer: JSONPointer(["policies"]),
          position: SourcePosition(file: source, offset: 0)))
    }
    return JSONNode(
      .object(members.compactMap { chosen($0, scenario) }), at: document.position)
  }

  private func chosen(_ member: JSONMember, _ scenario: Scenario) -> JSONMember? {
    var member = member
    switch member.name {
    case "baseline":
      return policies.contains(scenario.baseline) ? member : nil
    case "policies":
      member.value = member.value.keeping { policies.contains(scenario.policies[$0].name) }
    case "thresholds":
      member.value = member.value.keeping { index in
        let threshold = scenario.thresholds[index]
        if let other = threshold.other(baseline: scenario.baseline), !policies.contains(other) {
          return false
        }
        return threshold.policy.map { policies.contains($0) } ?? true
      }
    default: break
    }
    return member
  }
}

extension JSONNode {
  /// The list with those elements whose index passes `test`.
  fileprivate func keeping(_ test: (Int) -> Bool) -> JSONNode {
    guard let elements else { return self }
    return JSONNode(.list(elements.indices.filter(test).map { elements[$0] }), at: position)
  }
}
