import Foundation
import WeirAccess
import WeirFormats
import WeirLab

/// `weir decide`: drives one stack by hand, without a simulator.
enum DecideCommand: Command {
  static let specification = CommandSpecification(
    name: "decide", summary: "Drive one policy by hand: requests in, decisions out, as CSV",
    operands: [],
    options: [
      .value("--policy", "FILE", "A scenario, or a file with \"layers\" alone."),
      .value("--policy-name", "NAME", "Which policy of the file; the first."),
      .value("--input", short: "-i", "FILE", "The requests; standard input."),
      .flag("--explain", "Answer in words, with the state of each layer after each row."),
    ],
    discussion: """
      Columns in: time_ns, account, operation, cost, key and, where wanted, product, model, plan, \
      organisation and team. Operations: request (decides and settles at once), reserve, start, \
      settle, fail, release, topup (cost in micro-credits), plan (changes it), limit (columns \
      layer, set such as limit=20;per=1h, carry), load (columns utilisation, queue_delay_ns, \
      queued, in_service, completions), tick. \
      Columns out, one row for each row in: time_ns, account, operation, outcome, granted, \
      remaining, retry_after_ns, reason, shares.
      """,
    examples: [
      "weir decide --policy Scenarios/quickstart.json < requests.csv",
      "weir decide --policy policy.json -i requests.csv --explain",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    guard let path = arguments.text("--policy") else {
      throw .missingOperand(name: "--policy FILE", help: "the policy to drive")
    }
    let file: PolicyFile
    do throws(ScenarioFailure) {
      file = try PolicyFile(path, extensions: context.extensions)
    } catch {
      return ScenarioProblems.report(error, format: .text, console).code
    }
    let policy: NamedPolicy
    do throws(ScenarioIssue) {
      policy = try file.policy(named: arguments.text("--policy-name"))
    } catch {
      console.warn(IssueRenderer.text(error))
      return .usage
    }
    let requests: SourceFile
    do throws(FileReader.Unreadable) {
      requests = try input(arguments.text("--input"))
    } catch {
      console.warn("weir decide: cannot read the requests: \(error.reason)\n")
      return .missingInput
    }
    do throws(ScenarioIssue) {
      let answers = try DecideSession.run(
        requests, policy.policy, explains: arguments.has("--explain"))
      console.write(String(decoding: answers, as: UTF8.self))
      return .success
    } catch {
      console.warn(IssueRenderer.text(error))
      return .invalidInput
    }
  }

  private static func input(_ path: String?) throws(FileReader.Unreadable) -> SourceFile {
    if let path { return SourceFile(name: path, bytes: try FileReader.disk.bytes(of: path)) }
    let data = FileHandle.standardInput.readDataToEndOfFile()
    return SourceFile(name: "standard input", bytes: [UInt8](data))
  }
}
