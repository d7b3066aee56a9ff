/// A shell that completions are written for.
enum Shell: String, CaseIterable {
  /// GNU Bash, 3.2 or later.
  case bash
  /// The Z shell, with its completion system loaded.
  case zsh
  /// The friendly interactive shell, 3.0 or later.
  case fish

  /// The script that completes the words after `weir`, made from the table of commands.
  func script(_ commands: [CommandSpecification]) -> String {
    switch self {
    case .bash: BashCompletions.script(commands)
    case .zsh: ZshCompletions.script(commands)
    case .fish: FishCompletions.script(commands)
    }
  }

  /// A text within single quotes, as the shell reads it.
  ///
  /// Bash and zsh know no escape within single quotes: the quotes are closed, and opened again.
  func quoted(_ text: String) -> String {
    var result = "'"
    for character in text {
      switch (self, character) {
      case (.fish, "'"), (.fish, "\\"): result += "\\\(character)"
      case (_, "'"): result += "'\\''"
      default: result.append(character)
      }
    }
    return result + "'"
  }
}
