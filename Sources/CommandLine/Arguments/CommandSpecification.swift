/// What a command takes: the base of its parsing, its help and its completions.
struct CommandSpecification: Sendable {
  /// The word after `weir`.
  let name: String
  /// What the command does, in one sentence without a full stop.
  let summary: String
  /// What it takes by position, in order.
  let operands: [Operand]
  /// What it takes by name, in the order of the help.
  let options: [Option]
  /// What else a user should know, in sentences.
  var discussion = ""
  /// Command lines to learn from.
  var examples: [String] = []

  /// Something that is taken by position.
  struct Operand: Sendable {
    /// What stands for it in the help, in capitals.
    let name: String
    /// What it is.
    let help: String
    /// How many of them there may be.
    var count: ClosedRange<Int> = 1...1
    /// The words that it can be, where they are few.
    var choices: [String] = []
  }

  /// Something that is taken by name.
  struct Option: Sendable {
    /// The long name, with its dashes.
    let name: String
    /// The short name, with its dash; `nil` when there is none.
    let short: String?
    /// What stands for its value in the help; `nil` for a flag.
    let value: String?
    /// What it does.
    let help: String
    /// Whether it may be given several times.
    let repeats: Bool
    /// The words that its value can be, where they are few.
    var choices: [String] = []

    /// An option that is there or not.
    static func flag(_ name: String, short: String? = nil, _ help: String) -> Option {
      Option(name: name, short: short, value: nil, help: help, repeats: false)
    }

    /// An option with a value.
    static func value(
      _ name: String, short: String? = nil, _ value: String, choices: [String] = [],
      repeats: Bool = false, _ help: String
    ) -> Option {
      Option(
        name: name, short: short, value: value, help: help, repeats: repeats, choices: choices)
    }
  }

  /// The option that every command takes.
  static let helpOption = Option.flag("--help", short: "-h", "Show this help.")

  /// The options with the one that every command takes.
  var allOptions: [Option] { options + [Self.helpOption] }
}
