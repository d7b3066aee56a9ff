/// The completions for the Z shell: a function of its completion system.
enum ZshCompletions {
  /// The script, which is to be a file `_weir` on the function path, or to be sourced.
  static func script(_ commands: [CommandSpecification]) -> String {
    let names = commands.map { "    " + Shell.zsh.quoted("\($0.name):\($0.summary)") }
    var text = """
      #compdef weir
      # Completions of weir for zsh, written by: weir completions zsh
      _weir() {
        local -a commands
        commands=(
      \(names.joined(separator: "\n"))
          'help:Show the help of a command'
        )
        if (( CURRENT == 2 )); then
          _describe -t commands command commands
          _arguments '--help[Show the help]' '--version[Show the version]'
          return
        fi
        local name=$words[2]
        shift words
        (( CURRENT -= 1 ))
        case $name in
          help) _describe -t commands command commands ;;

      """
    for command in commands {
      var parts = command.allOptions.map(specification)
      if let operand = command.operands.first {
        let completion = command.operandCompletion
        let place = operand.count.upperBound > 1 || command.operands.count > 1 ? "*" : "1"
        parts.append(Shell.zsh.quoted("\(place):\(operand.name):\(action(completion))"))
      }
      text += "    \(command.name))\n      _arguments \\\n        "
      text += parts.joined(separator: " \\\n        ") + " ;;\n"
    }
    return text + """
        esac
      }
      if [ "$funcstack[1]" = _weir ]; then _weir "$@"; else compdef _weir weir; fi

      """
  }

  /// How `_arguments` takes an option.
  private static func specification(_ option: CommandSpecification.Option) -> String {
    let help = "[\(escaped(option.headline))]"
    let value = option.value.map { placeholder in
      ":\(escaped(placeholder)):\(action(option.completion ?? .nothing))"
    }
    let tail = Shell.zsh.quoted(help + (value ?? ""))
    let isFlag = value == nil
    let long = option.name + (isFlag ? "" : "=")
    guard let short = option.short else {
      return (option.repeats ? "'*'" : "") + "\(long)\(tail)"
    }
    let both = "{\(short)\(isFlag ? "" : "+"),\(long)}"
    return (option.repeats ? "'*'" : "'(\(short) \(option.name))'") + both + tail
  }

  private static func action(_ completion: Completion) -> String {
    switch completion {
    case .file(let ending): "_files -g \"*\(ending)\""
    case .anyFile: "_files"
    case .folder: "_files -/"
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .nothing: " "
    }
  }

  /// A text within the brackets and colons of a specification.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "[]:\\".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
