/// The completions for fish: one line for each thing that can be completed.
enum FishCompletions {
  /// The script, which is to be `completions/weir.fish` of the configuration, or to be sourced.
  static func script(_ commands: [CommandSpecification]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    var text = """
      # Completions of weir for fish, written by: weir completions fish
      complete -c weir -f
      complete -c weir -n __fish_use_subcommand -l help -s h -d 'Show the help'
      complete -c weir -n __fish_use_subcommand -l version -d 'Show the version'
      complete -c weir -n __fish_use_subcommand -a help -d 'Show the help of a command'
      complete -c weir -n '__fish_seen_subcommand_from help' -a '\(names)'

      """
    for command in commands {
      let summary = Shell.fish.quoted(command.summary)
      text += "complete -c weir -n __fish_use_subcommand -a \(command.name) -d \(summary)\n"
    }
    for command in commands {
      let start = "complete -c weir -n '__fish_seen_subcommand_from \(command.name)'"
      for option in command.allOptions {
        text += start
        if let short = option.short { text += " -s \(short.dropFirst())" }
        text += " -l \(option.name.dropFirst(2)) -d \(Shell.fish.quoted(option.headline))"
        if let completion = option.completion { text += value(completion) }
        text += "\n"
      }
      let operand = operand(command.operandCompletion)
      if !operand.isEmpty { text += start + operand + "\n" }
    }
    return text
  }

  private static func value(_ completion: Completion) -> String {
    switch completion {
    case .file(let ending): " -x -a '(__fish_complete_suffix \(ending))'"
    case .anyFile: " -r -F"
    case .folder: " -x -a '(__fish_complete_directories)'"
    case .words(let words): " -x -a '\(words.joined(separator: " "))'"
    case .nothing: " -x"
    }
  }

  private static func operand(_ completion: Completion) -> String {
    switch completion {
    case .file(let ending): " -k -a '(__fish_complete_suffix \(ending))'"
    case .anyFile: " -F"
    case .folder: " -a '(__fish_complete_directories)'"
    case .words(let words): " -a '\(words.joined(separator: " "))'"
    case .nothing: ""
    }
  }
}
