/// The completions for Bash: one function that looks at the command and at the word before.
enum BashCompletions {
  /// The script, which is to be sourced.
  static func script(_ commands: [CommandSpecification]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    var text = """
      # Completions of weir for bash, written by: weir completions bash
      _weir() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} name=${COMP_WORDS[1]}
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "\(names) help --help --version" -- "$word"))
          return
        fi
        case "$name $before" in

      """
    for command in commands {
      for option in command.allOptions {
        guard let completion = option.completion else { continue }
        let places = ([option.name] + (option.short.map { [$0] } ?? []))
          .map { "\"\(command.name) \($0)\"" }.joined(separator: "|")
        text += "    \(places)) \(offer(completion)); return ;;\n"
      }
    }
    text += """
        esac
        case "$name" in
          help) \(offer(.words(commands.map(\.name)))); return ;;

      """
    for command in commands {
      text += "    \(command.name)) "
      text += "if [ \"${word:0:1}\" = - ]; then \(offer(.words(command.optionNames)))"
      text += "; else \(offer(command.operandCompletion)); fi ;;\n"
    }
    return text + """
        esac
      }
      complete -o filenames -F _weir weir

      """
  }

  /// The statement that sets what is offered.
  private static func offer(_ completion: Completion) -> String {
    switch completion {
    case .file(let ending):
      "local IFS=$'\\n'; COMPREPLY=($(compgen -f -X '!*\(ending)' -- \"$word\"; "
        + "compgen -d -- \"$word\"))"
    case .anyFile: "local IFS=$'\\n'; COMPREPLY=($(compgen -f -- \"$word\"))"
    case .folder: "local IFS=$'\\n'; COMPREPLY=($(compgen -d -- \"$word\"))"
    case .words(let words):
      "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$word\"))"
    case .nothing: ":"
    }
  }
}
