import Testing

@testable import WeirCommandLine

@Suite struct CompletionsTests {
  static func script(_ shell: Shell) -> String {
    let captured = CapturedConsole()
    #expect(captured.run("completions", shell.rawValue) == .success)
    return captured.output
  }

  /// How a script writes the long name of an option.
  static func written(_ option: String, _ shell: Shell) -> String {
    shell == .fish ? "-l \(option.dropFirst(2)) " : option
  }

  /// The part of a script that is about one command.
  static func part(_ script: String, _ command: String, _ shell: Shell) -> [Substring] {
    let lines = script.split(separator: "\n")
    switch shell {
    case .bash:
      return lines.filter { $0.contains("\"\(command) -") || $0.hasPrefix("    \(command)) ") }
    case .zsh:
      guard let start = lines.firstIndex(of: "    \(command))") else { return [] }
      let end = lines[start...].firstIndex { $0.hasSuffix(";;") } ?? start
      return Array(lines[start...end])
    case .fish: return lines.filter { $0.contains("__fish_seen_subcommand_from \(command)'") }
    }
  }

  @Test("each command and each of its options is completed", arguments: Shell.allCases)
  func complete(shell: Shell) {
    let script = Self.script(shell)
    for command in WeirProgram.commands.map({ $0.specification }) {
      let part = Self.part(script, command.name, shell)
      for option in command.allOptions {
        let name = Self.written(option.name, shell)
        #expect(part.contains { $0.contains(name) }, "\(command.name) \(option.name)")
        for choice in option.choices {
          #expect(part.contains { $0.contains(name) && $0.contains(choice) }, "\(choice)")
        }
      }
    }
  }

  @Test("no option is offered to a command that does not take it", arguments: Shell.allCases)
  func others(shell: Shell) {
    let part = Self.part(Self.script(shell), "schema", shell)
    #expect(!part.isEmpty)
    #expect(!part.contains { $0.contains("replications") })
  }

  @Test("a quoted text is one word that the shell reads back", arguments: Shell.allCases)
  func quotes(shell: Shell) {
    #expect(shell.quoted("a b") == "'a b'")
    #expect(shell.quoted("it's") == (shell == .fish ? "'it\\'s'" : "'it'\\''s'"))
    #expect(shell.quoted("a\\b") == (shell == .fish ? "'a\\\\b'" : "'a\\b'"))
  }

  @Test("an unknown shell is a mistake of usage")
  func unknown() {
    let captured = CapturedConsole()
    #expect(captured.run("completions", "csh") == .usage)
    #expect(captured.error.contains("expected bash, zsh or fish, found \"csh\""))
    #expect(CapturedConsole().run("completions") == .usage)
  }
}
