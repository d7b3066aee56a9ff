/// What a shell offers where a word of a command line is expected.
enum Completion: Equatable {
  /// Files with this ending, and folders on the way to them.
  case file(ending: String)
  /// Any file.
  case anyFile
  /// Folders.
  case folder
  /// One of these words.
  case words([String])
  /// Nothing: the user knows.
  case nothing

  /// What is offered for a word that the help calls `placeholder`.
  ///
  /// The same word means the same in every command, so that commands need not say more.
  init(placeholder: String, choices: [String]) {
    if !choices.isEmpty {
      self = .words(choices)
      return
    }
    switch placeholder {
    case "SCENARIO": self = .file(ending: ".json")
    case "FILE": self = .anyFile
    case "FOLDER", "RESULTS": self = .folder
    default: self = .nothing
    }
  }
}

extension CommandSpecification {
  /// What a shell offers for the words that are taken by position.
  ///
  /// Commands take one kind of thing by position, or what follows cannot be guessed.
  var operandCompletion: Completion {
    operands.first.map { Completion(placeholder: $0.name, choices: $0.choices) } ?? .nothing
  }

  /// The long and short names of all options.
  var optionNames: [String] {
    allOptions.flatMap { [$0.name] + ($0.short.map { [$0] } ?? []) }
  }
}

extension CommandSpecification.Option {
  /// What a shell offers for the value; `nil` for a flag.
  var completion: Completion? {
    value.map { Completion(placeholder: $0, choices: choices) }
  }

  /// What the option does, as one line without a full stop.
  var headline: String {
    let sentence = help.split(separator: ";").first.map(String.init) ?? help
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
