import WeirFormats
import WeirLab

/// One word of the command line: what it takes, and what it does.
protocol Command: SendableMetatype {
  /// What it takes.
  static var specification: CommandSpecification { get }

  /// Does it and says how the process ends.
  ///
  /// - Throws: When a value makes no sense; nothing has been done then.
  static func run(_ arguments: Arguments, _ console: Console) throws(UsageProblem) -> ExitCode
}

/// The whole command line: words in, exit code out.
enum Program {
  /// All commands, in the order of the help.
  static let commands: [any Command.Type] = [
    RunCommand.self, ValidateCommand.self, ExplainCommand.self, DecideCommand.self,
    CatalogueCommand.self, SchemaCommand.self,
  ]

  /// Runs the command that `words` name.
  static func run(_ words: [String], _ console: Console) -> ExitCode {
    var code = dispatch(words, console)
    if console.hasFailed, code == .success {
      console.warn("weir: the output cannot be written\n")
      code = .cannotWrite
    }
    return code
  }

  private static func dispatch(_ words: [String], _ console: Console) -> ExitCode {
    let specifications = commands.map { $0.specification }
    guard let name = words.first else {
      console.warn(HelpText.overview(specifications))
      return .usage
    }
    if ["--help", "-h", "help"].contains(name) {
      if words.count > 1 { return dispatch([words[1], "--help"], console) }
      console.write(HelpText.overview(specifications))
      return .success
    }
    if name == "--version" {
      console.print("weir \(WeirVersion.current)")
      return .success
    }
    guard let command = commands.first(where: { $0.specification.name == name }) else {
      let nearest = nearestName(name, in: specifications.map(\.name))
      return usage(.unknownCommand(name, nearest: nearest), of: nil, console)
    }
    return run(command, Array(words.dropFirst()), console)
  }

  private static func run(
    _ command: any Command.Type, _ words: [String], _ console: Console
  ) -> ExitCode {
    do throws(UsageProblem) {
      let arguments = try Arguments(words, for: command.specification)
      if arguments.asksForHelp {
        console.write(HelpText.page(command.specification))
        return .success
      }
      return try command.run(arguments, console)
    } catch {
      return usage(error, of: command.specification, console)
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
