import WeirFormats

/// `weir completions`: a script that lets a shell complete the words after `weir`.
enum CompletionsCommand: Command {
  static let specification = CommandSpecification(
    name: "completions", summary: "Write the completions of commands and options for a shell",
    operands: [
      .init(
        name: "SHELL", help: "bash, zsh or fish.", choices: Shell.allCases.map(\.rawValue))
    ],
    options: [],
    discussion: """
      The script is written to the output. Source it in the start-up file of bash; for zsh keep it \
      as _weir in a folder of $fpath; for fish as ~/.config/fish/completions/weir.fish.
      """,
    examples: ["source <(weir completions bash)", "weir completions fish | source"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let name = arguments.operands[0]
    guard let shell = Shell(rawValue: name) else {
      throw .badValue(of: "SHELL", found: name, expected: "bash, zsh or fish")
    }
    context.console.write(shell.script(WeirProgram.commands.map { $0.specification }))
    return .success
  }
}
