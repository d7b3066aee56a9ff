extension ScenarioFile {
  /// The command that runs the study again, with the options that change its results.
  ///
  /// It is part of the results, so that it does not say where on a machine the scenario lies.
  public var command: String { command(naming: displayPath) }

  /// The command that runs the study again from where this process was started.
  public var commandHere: String { command(naming: path) }

  private func command(naming path: String) -> String {
    var words = ["weir", "run", Self.shellWord(path)]
    for assignment in overrides.assignments { words += assignment.words.map(Self.shellWord) }
    for policy in overrides.policies { words += ["--policy", policy] }
    return words.joined(separator: " ")
  }

  /// The path as it was given when that is relative and goes down only, otherwise the file's name.
  ///
  /// So results do not depend on where on a machine the scenario lies.
  public var displayPath: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isBelow = parts.first != "" && !parts.contains("..")
    return isBelow ? path : fileName
  }

  /// The last part of the path.
  public var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The text as one word of a POSIX shell.
  public static func shellWord(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-_./=:,%+@".utf8.contains(byte)
    }
    if isPlain, !text.isEmpty { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(
        separator: "'\\''") + "'"
  }
}

extension ScenarioOverrides.Assignment {
  /// The option and its value as words of a command.
  var words: [String] {
    option.hasPrefix("--set") ? ["--set", "\(pointer)=\(value)"] : [option, value]
  }
}
