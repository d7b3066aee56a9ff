import Testing
import WeirLab

@testable import WeirCommandLine

@Suite struct ProgramTests {
  @Test("every command explains itself in lines of at most 80 columns")
  func help() {
    for command in WeirProgram.commands {
      let captured = CapturedConsole()
      let name = command.specification.name
      #expect(captured.run(name, "--help") == .success)
      #expect(captured.output.contains("usage: weir \(name)"))
      for option in command.specification.allOptions {
        #expect(captured.output.contains(option.name), "\(name) \(option.name)")
      }
      for line in captured.output.split(separator: "\n") {
        #expect(line.count <= 80, "\(name): \(line)")
      }
      let other = CapturedConsole()
      #expect(other.run("help", name) == .success)
      #expect(other.output == captured.output)
    }
  }

  @Test("the overview names every command and every exit code")
  func overview() {
    let captured = CapturedConsole()
    #expect(captured.run("--help") == .success)
    for command in WeirProgram.commands {
      #expect(captured.output.contains("\n  \(command.specification.name) "))
    }
    for code in ExitCode.allCases { #expect(captured.output.contains("\n  \(code.rawValue) ")) }
    #expect(captured.error.isEmpty)
  }

  @Test("the version is that of the library")
  func version() {
    let captured = CapturedConsole()
    #expect(captured.run("--version") == .success)
    #expect(captured.output == "weir \(WeirVersion.current)\n")
  }

  @Test("without a command the overview goes to the error stream")
  func nothing() {
    let captured = CapturedConsole()
    #expect(captured.run() == .usage)
    #expect(captured.output.isEmpty)
    #expect(captured.error.contains("usage: weir COMMAND"))
  }

  @Test("an unknown command gets the nearest one")
  func unknown() {
    let captured = CapturedConsole()
    #expect(captured.run("rum") == .usage)
    #expect(captured.error.contains("there is no command \"rum\"; did you mean run?"))
  }

  @Test("an output that cannot be written is a failure, whatever the command")
  func unwritable() {
    var warnings = ""
    let console = Console(
      output: { _ in false },
      error: {
        warnings += $0
        return true
      })
    #expect(WeirProgram.run(["schema"], CommandContext(console: console)) == .cannotWrite)
    #expect(warnings.contains("the output cannot be written"))
  }
}
