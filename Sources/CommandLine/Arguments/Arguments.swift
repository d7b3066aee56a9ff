import WeirFormats

/// The words after a command, sorted into operands and options.
///
/// Options are `--name value`, `--name=value`, `-n value` or `-nvalue`, and may stand anywhere;
/// after `--` every word is an operand.
struct Arguments: Equatable {
  /// What stands by position, in order.
  private(set) var operands: [String] = []
  /// Whether help was asked for.
  private(set) var asksForHelp = false
  private var values: [String: [String]] = [:]

  /// Sorts `words` by what `specification` takes.
  init(_ words: [String], for specification: CommandSpecification) throws(UsageProblem) {
    var words = words[...]
    var onlyOperands = false
    while let word = words.popFirst() {
      if onlyOperands || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else if word == "--" {
        onlyOperands = true
      } else {
        try take(word, &words, specification)
      }
    }
    if asksForHelp { return }
    try checkOperands(specification)
  }

  private mutating func take(
    _ word: String, _ words: inout ArraySlice<String>, _ specification: CommandSpecification
  ) throws(UsageProblem) {
    let (name, attached) = Self.split(word)
    guard
      let option = specification.allOptions.first(where: { $0.name == name || $0.short == name })
    else {
      let known = specification.allOptions.flatMap { [$0.name] + ($0.short.map { [$0] } ?? []) }
      throw .unknownOption(name, nearest: nearestName(name, in: known))
    }
    if option.name == CommandSpecification.helpOption.name { asksForHelp = true }
    guard let placeholder = option.value else {
      if let attached { throw .unexpectedValue(option: name, found: attached) }
      values[option.name] = [""]
      return
    }
    if values[option.name] != nil, !option.repeats { throw .repeated(option: option.name) }
    var value = attached
    if value == nil, let next = words.first, !Self.looksLikeOption(next) {
      value = next
      words.removeFirst()
    }
    guard let value else { throw .missingValue(option: name, value: placeholder) }
    values[option.name, default: []].append(value)
  }

  /// The name of an option and the value that is attached to it.
  private static func split(_ word: String) -> (name: String, value: String?) {
    if word.hasPrefix("--") {
      guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
    guard word.count > 2 else { return (word, nil) }
    let rest = word.dropFirst(2)
    return (String(word.prefix(2)), String(rest.hasPrefix("=") ? rest.dropFirst() : rest))
  }

  /// Whether a word after an option is the next option, not a value; a negative number is a value.
  private static func looksLikeOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word.count > 1 && !(word.dropFirst().first?.isNumber ?? false)
  }

  private func checkOperands(_ specification: CommandSpecification) throws(UsageProblem) {
    var rest = operands[...]
    for operand in specification.operands {
      if rest.count < operand.count.lowerBound {
        throw .missingOperand(name: operand.name, help: operand.help)
      }
      rest = rest.dropFirst(operand.count.upperBound)
    }
    if let extra = rest.first { throw .extraOperand(extra) }
  }

  // MARK: Values

  /// Whether a flag or an option was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option; `nil` when it was not given.
  func text(_ name: String) -> String? { values[name]?.first }

  /// All values of an option that repeats.
  func texts(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option as a whole number within `range`; `nil` when it was not given.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageProblem) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      let expected =
        range.upperBound == .max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      throw .badValue(of: name, found: text, expected: expected)
    }
    return number
  }
}
