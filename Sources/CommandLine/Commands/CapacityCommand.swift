import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir capacity`: how much load, or how small a fleet, meets the thresholds.
enum CapacityCommand: Command {
  static let specification = CommandSpecification(
    name: "capacity",
    summary: "Find the largest load, or the smallest fleet, that meets the thresholds",
    operands: [.init(name: "SCENARIO", help: "A scenario file with thresholds.")],
    options: [
      .value("--largest", "/POINTER", "Look for the largest value that meets them."),
      .value("--smallest", "/POINTER", "Look for the smallest value that meets them."),
      .value("--from", "NUMBER", "The least value that is looked at."),
      .value("--to", "NUMBER", "The greatest value that is looked at."),
      .value("--step", "NUMBER", "The distance between values; 1."),
      .value("--jobs", short: "-j", "N", "How many runs at a time; the number of processors."),
    ] + ScenarioOptions.specifications + [
      .flag("--quiet", short: "-q", "Write the answers alone.")
    ],
    discussion: """
      Looks at a few values by bisection, for each policy by itself; each is a study with all \
      replications in the same random worlds. A value meets the thresholds when all of them pass; \
      what is inconclusive does not. The values looked at do not depend on the number of jobs. \
      When not even the easiest value meets the thresholds of some policy, the exit code is 99.
      """,
    examples: [
      "weir capacity s.json --smallest /fleet/0/servers --from 1 --to 64",
      "weir capacity s.json --largest /populations/0/accounts --from 10 --to 90",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let search = try search(arguments, context)
    let jobs = try arguments.jobs()
    do throws(ScenarioFailure) {
      let policies = try search.policies()
      if policies.isEmpty {
        console.warn("weir capacity: \(search.path) has no thresholds that a value could meet\n")
        return .invalidInput
      }
      return answers(search, policies, jobs, arguments, console)
    } catch {
      return ScenarioProblems.report(error, format: .text, console).code
    }
  }

  private static func search(
    _ arguments: Arguments, _ context: CommandContext
  ) throws(UsageProblem) -> CapacitySearch {
    if arguments.has("--largest"), arguments.has("--smallest") {
      throw .conflict("--largest", "--smallest")
    }
    let aim: Bisection.Aim = arguments.has("--largest") ? .largest : .smallest
    let option = aim == .largest ? "--largest" : "--smallest"
    guard let place = arguments.text(option) else {
      throw .missingValue(option: option, value: "/POINTER")
    }
    guard let pointer = JSONPointer(parsing: place), !pointer.tokens.isEmpty else {
      throw .badValue(
        of: option, found: place, expected: "a JSON pointer, such as /fleet/0/servers")
    }
    guard let from = arguments.text("--from") else {
      throw .missingValue(option: "--from", value: "NUMBER")
    }
    guard let to = arguments.text("--to") else {
      throw .missingValue(option: "--to", value: "NUMBER")
    }
    let step = arguments.text("--step") ?? "1"
    guard let grid = CapacityGrid(from: from, to: to, step: step) else {
      throw .badValue(
        of: "--from, --to and --step", found: "\(from), \(to) and \(step)",
        expected: "decimal numbers with at least one step between them")
    }
    return CapacitySearch(
      arguments.operands[0], overrides: try ScenarioOptions.overrides(arguments),
      extensions: context.extensions, pointer: pointer, grid: grid, aim: aim)
  }

  private static func answers(
    _ search: CapacitySearch, _ policies: [String], _ jobs: Int, _ arguments: Arguments,
    _ console: Console
  ) -> ExitCode {
    let interruption = Interruption()
    interruption.listen()
    let style = console.style
    var code = ExitCode.success
    for (number, policy) in policies.enumerated() {
      do throws(CapacitySearch.Failure) {
        let answer = try search.answer(
          for: policy, jobs: jobs, cancellation: interruption.cancellation
        ) { probe in
          if console.place.errorIsTerminal { console.warn("\(policy) at \(probe.value)\n") }
        }
        if answer.best == nil { code = .thresholdFailed }
        if arguments.has("--quiet") {
          console.print("\(policy): \(answer.best ?? "none")")
        } else {
          console.write((number > 0 ? "\n" : "") + CapacityTables.text(answer, of: search, style))
        }
      } catch .scenario(let failure) {
        return ScenarioProblems.report(failure, format: .text, console).code
      } catch .study(let failure) {
        if case .broken(let run, let invariants) = failure {
          RunExecution.show(run, invariants, console)
        }
        return RunExecution.report(failure, console)
      } catch {
        console.warn("interrupted; \(policy) has no answer\n")
        return .interrupted
      }
    }
    return code
  }
}
