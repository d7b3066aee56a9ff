import WeirFormats

/// Why a command line cannot be understood, as evidence; ``text`` words it.
enum UsageProblem: Error, Equatable {
  /// No command of this name.
  case unknownCommand(String, nearest: String?)
  /// The command has no such option.
  case unknownOption(String, nearest: String?)
  /// An option stands without its value.
  case missingValue(option: String, value: String)
  /// A flag was given a value.
  case unexpectedValue(option: String, found: String)
  /// An option was given twice.
  case repeated(option: String)
  /// The value of an option or operand makes no sense.
  case badValue(of: String, found: String, expected: String)
  /// Something that is taken by position is not there.
  case missingOperand(name: String, help: String)
  /// There is more than is taken by position.
  case extraOperand(String)
  /// Two options exclude each other.
  case conflict(String, String)
  /// Two options exclude each other, and there is another way to what is wanted.
  case instead(String, String, String)

  /// The problem in words.
  var text: String {
    switch self {
    case .unknownCommand(let name, let nearest):
      return "there is no command \(Self.quoted(name))" + Self.hint(nearest)
    case .unknownOption(let name, let nearest):
      return "there is no option \(name)" + Self.hint(nearest)
    case .missingValue(let option, let value): return "\(option) needs a value: \(option) \(value)"
    case .unexpectedValue(let option, let found):
      return "\(option) takes no value, found \(Self.quoted(found))"
    case .repeated(let option): return "\(option) was given twice"
    case .badValue(let name, let found, let expected):
      return "\(name): expected \(expected), found \(Self.quoted(found))"
    case .missingOperand(let name, let help): return "\(name) is missing: \(help)"
    case .extraOperand(let text): return "nothing is expected where \(Self.quoted(text)) stands"
    case .conflict(let first, let second): return "\(first) and \(second) exclude each other"
    case .instead(let first, let second, let way):
      return "\(first) and \(second) exclude each other; \(way)"
    }
  }

  private static func hint(_ nearest: String?) -> String {
    nearest.map { "; did you mean \($0)?" } ?? ""
  }

  private static func quoted(_ text: String) -> String { JSONWriter.quoted(text) }
}
