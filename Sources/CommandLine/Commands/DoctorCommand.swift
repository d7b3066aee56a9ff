import Foundation
import WeirFormats
import WeirLab

/// `weir doctor`: whether this machine gives the results that every other one gives.
enum DoctorCommand: Command {
  static let specification = CommandSpecification(
    name: "doctor", summary: "Prove that this machine gives the results that every other one gives",
    operands: [
      .init(
        name: "FOLDER", help: "Where results would be written; the present folder.", count: 0...1)
    ],
    options: [
      .value(
        "--jobs", short: "-j", "N",
        "The threads of the study that is made on several; the number of processors."),
      .flag("--json", "Write what was found as JSON."),
    ],
    discussion: """
      Compares random numbers with their published answers, and functions, samples and statistics \
      with the bits that they have elsewhere; makes a small study on one thread, on several and on \
      one again; and tries whether the place of results can replace and lock files. The exit code \
      is 70 when results would differ, and 74 when they could not be written.
      """,
    examples: ["weir doctor", "weir doctor /scratch/results -j 16"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let jobs = try arguments.jobs()
    let doctor = Doctor(jobs: jobs, folder: arguments.operands.first ?? ".")
    let isJSON = arguments.has("--json")
    if !isJSON { console.print(heading(processors)) }
    var findings: [DoctorFinding] = []
    doctor.examine { finding in
      findings.append(finding)
      if !isJSON { console.print(line(finding)) }
    }
    if isJSON { console.write(JSONWriter.pretty(document(findings))) }
    if findings.contains(where: { $0.verdict == .broken }) { return .violatedInvariant }
    return findings.contains { $0.verdict == .unusable } ? .cannotWrite : .success
  }

  private static func heading(_ processors: Int) -> String {
    let system = ProcessInfo.processInfo.operatingSystemVersionString
    return "weir \(WeirVersion.current) on \(system), \(processors) processors"
  }

  private static func line(_ finding: DoctorFinding) -> String {
    let mark =
      switch finding.verdict {
      case .good: "ok"
      case .note: "note"
      case .unusable, .broken: "FAIL"
      }
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return padded(mark, 6) + padded(finding.name, 16) + finding.text
  }

  private static func document(_ findings: [DoctorFinding]) -> JSONNode {
    .object([
      ("weir", .text(WeirVersion.current)),
      (
        "findings",
        .list(
          findings.map { finding in
            .object([
              ("name", .text(finding.name)), ("verdict", .text(finding.verdict.rawValue)),
              ("text", .text(finding.text)),
            ])
          })
      ),
    ])
  }
}
