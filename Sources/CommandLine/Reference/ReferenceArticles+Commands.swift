/// The command line.
extension ReferenceArticles {
  static func commandLine() -> Article {
    let commands = WeirProgram.commands.map { $0.specification }
    let sections = commands.map { command in
      "## weir \(command.name)\n\n```\n\(HelpText.page(command))```\n"
    }
    return article(
      "CommandLineReference", "Command line", "Every command with its options.", sections)
  }

  static func exitCodes() -> Article {
    let rows = ExitCode.allCases.map { ["\($0.rawValue)", $0.meaning] }
    return article(
      "ExitCodes", "Exit codes",
      "How a command ends, as scripts and continuous integration see it.",
      [table(["code", "meaning"], rows)])
  }
}
