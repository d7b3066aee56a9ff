/// The help of the whole and of each command, made from their specifications.
enum HelpText {
  /// The help of the whole: what there is, by name.
  static func overview(_ commands: [CommandSpecification]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    var text = """
      Weir simulates access to scarce AI models and compares the policies that ration it.

      usage: weir COMMAND [OPTIONS]

      commands

      """
    for command in commands {
      text += entry(command.name, width: width, command.summary)
    }
    text += "\nexit codes\n"
    for code in ExitCode.allCases {
      text += entry("\(code.rawValue)", width: 3, code.meaning)
    }
    text += """

      weir COMMAND --help tells more about a command, weir --version the version.
      Start with: weir run Scenarios/quickstart.json, or weir init for one of your own.

      """
    return text
  }

  /// The help of one command.
  static func page(_ command: CommandSpecification) -> String {
    var text = "\(command.summary).\n\nusage: \(usage(command))\n"
    if !command.operands.isEmpty {
      text += "\n"
      let width = command.operands.map(\.name.count).max() ?? 0
      for operand in command.operands { text += entry(operand.name, width: width, operand.help) }
    }
    let names = command.allOptions.map(invocation)
    let width = min(28, names.map(\.count).max() ?? 0)
    text += "\noptions\n"
    for (name, option) in zip(names, command.allOptions) {
      text += entry(name, width: width, option.help)
    }
    if !command.discussion.isEmpty { text += "\n" + wrapped(command.discussion, indent: 0) + "\n" }
    if !command.examples.isEmpty {
      text += "\nexamples\n" + command.examples.map { "  \($0)\n" }.joined()
    }
    return text
  }

  /// The command with what it takes, on one line.
  static func usage(_ command: CommandSpecification) -> String {
    let operands = command.operands.map { operand in
      let name = operand.count.upperBound > 1 ? operand.name + " ..." : operand.name
      return operand.count.lowerBound == 0 ? "[\(name)]" : name
    }
    return (["weir", command.name] + operands + ["[OPTIONS]"]).joined(separator: " ")
  }

  private static func invocation(_ option: CommandSpecification.Option) -> String {
    let names = (option.short.map { "\($0), " } ?? "    ") + option.name
    return names + (option.value.map { " \($0)" } ?? "")
  }

  /// A name and its meaning side by side; a long name has the meaning below it.
  private static func entry(_ name: String, width: Int, _ meaning: String) -> String {
    let indent = width + 4
    let text = wrapped(meaning, indent: indent)
    if name.count > width {
      return "  \(name)\n" + String(repeating: " ", count: indent) + text + "\n"
    }
    return "  " + name + String(repeating: " ", count: width - name.count + 2) + text + "\n"
  }

  /// The text in lines of at most 80 columns; all but the first are indented.
  private static func wrapped(_ text: String, indent: Int) -> String {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, indent + line.count + word.count + 1 > 80 {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }
}
