import Foundation
public import WeirFormats
import WeirLab

/// The whole command line: words in, exit code out.
public enum WeirProgram {
  /// All commands, in the order of the help.
  static let commands: [any Command.Type] = [
    RunCommand.self,
    CompareCommand.self,
    TestCommand.self,
    ValidateCommand.self,
    ExplainCommand.self,
    DecideCommand.self,
    AuditCommand.self,
    ReportCommand.self,
    NotebookCommand.self,
    GalleryCommand.self,
    CatalogueCommand.self,
    SchemaCommand.self,
    MergeCommand.self,
    EmitCommand.self,
    CapacityCommand.self,
    BenchCommand.self,
    DoctorCommand.self,
    InitCommand.self,
    CompletionsCommand.self,
    AdviseCommand.self,
  ]

  /// Runs the command that the words of this process name, and ends the process.
  ///
  /// - Parameter extensions: What a package adds to the catalogue: a package with a layer of its
  ///   own has the whole command line by calling this in its `main.swift`.
  public static func main(_ extensions: Extensions = Extensions()) -> Never {
    let environment = ProcessInfo.processInfo.environment
    let context = CommandContext(
      console: .standard(environment), extensions: extensions, environment: environment)
    exit(run(Array(CommandLine.arguments.dropFirst()), context).rawValue)
  }

  /// Runs the command that `words` name.
  static func run(_ words: [String], _ context: CommandContext) -> ExitCode {
    let code = dispatch(words, context)
    guard context.console.hasFailed, code == .success else { return code }
    context.console.warn("weir: the output cannot be written\n")
    return .cannotWrite
  }

  private static func dispatch(_ words: [String], _ context: CommandContext) -> ExitCode {
    let console = context.console
    let specifications = commands.map { $0.specification }
    guard let name = words.first else {
      console.warn(HelpText.overview(specifications))
      return .usage
    }
    if ["--help", "-h", "help"].contains(name) {
      if words.count > 1 { return dispatch([words[1], "--help"], context) }
      console.write(HelpText.overview(specifications))
      return .success
    }
    if name == "--version" {
      console.print("weir \(WeirVersion.current)")
      return .success
    }
    guard let command = commands.first(where: { $0.specification.name == name }) else {
      let known = specifications.map(\.name) + ["help", "--help", "--version"]
      let nearest = nearestName(name, in: known)
      return usage(.unknownCommand(name, nearest: nearest), of: nil, console)
    }
    return run(command, Array(words.dropFirst()), context)
  }

  private static func run(
    _ command: any Command.Type, _ words: [String], _ context: CommandContext
  ) -> ExitCode {
    do throws(UsageProblem) {
      let arguments = try Arguments(words, for: command.specification)
      if arguments.asksForHelp {
        context.console.write(HelpText.page(command.specification))
        return .success
      }
      return try command.run(arguments, context)
    } catch {
      return usage(error, of: command.specification, context.console)
    }
  }

  private static func usage(
    _ problem: UsageProblem, of command: CommandSpecification?, _ console: Console
  ) -> ExitCode {
    let name = command.map { "weir \($0.name)" } ?? "weir"
    console.warn("\(name): \(problem.text)\n")
    if let command { console.warn("  usage: \(HelpText.usage(command))\n") }
    console.warn("  see: \(name) --help\n")
    return .usage
  }
}
