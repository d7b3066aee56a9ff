import WeirFormats

/// One word of the command line: what it takes, and what it does.
protocol Command: SendableMetatype {
  /// What it takes.
  static var specification: CommandSpecification { get }

  /// Does it and says how the process ends.
  ///
  /// - Throws: When a value makes no sense; nothing has been done then.
  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
}

/// What a command has to work with.
struct CommandContext {
  /// Where it writes.
  let console: Console
  /// Layers, workloads and other variants of other packages.
  var extensions = Extensions()
  /// The variables of the process, which say whether it runs under GitHub Actions.
  var environment: [String: String] = [:]
}
