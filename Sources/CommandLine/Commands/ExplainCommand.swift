import WeirFormats
import WeirLab

/// `weir explain`: the scenario as Weir understands it, and where each value came from.
enum ExplainCommand: Command {
  static let specification = CommandSpecification(
    name: "explain", summary: "Show every value of a scenario and where it came from",
    operands: [
      .init(name: "SCENARIO", help: "A scenario file."),
      .init(name: "POINTER", help: "Only what is at or below, such as /fleet/0.", count: 0...1),
    ],
    options: ScenarioOptions.specifications + [
      .flag("--json", "Write the expanded scenario as one document, all defaults filled in.")
    ],
    examples: [
      "weir explain Scenarios/quickstart.json", "weir explain Scenarios/quickstart.json /fleet",
      "weir explain Scenarios/quickstart.json --json > expanded.json",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let part = arguments.operands.count > 1 ? arguments.operands[1] : ""
    guard let pointer = JSONPointer(parsing: part) else {
      throw .badValue(of: "POINTER", found: part, expected: "a JSON pointer, such as /fleet/0")
    }
    switch try ScenarioProblems.read(arguments.operands[0], arguments, context) {
    case .failure(let failure): return failure.code
    case .success(let file):
      if arguments.has("--json") {
        console.write(JSONWriter.pretty(file.canonical))
        return .success
      }
      let origins = file.origins.filter {
        $0.value != nil && $0.pointer.tokens.starts(with: pointer.tokens)
      }
      if origins.isEmpty {
        console.warn("weir explain: nothing is at \(pointer)\n")
        return .usage
      }
      write(origins, console)
      return .success
    }
  }

  /// One line for each value: the pointer, the value, its origin and its meaning.
  private static func write(_ origins: [FieldOrigin], _ console: Console) {
    let width = min(44, origins.map { $0.pointer.description.count }.max() ?? 0)
    for origin in origins {
      let name = origin.pointer.description
      let value = origin.value.map(shortened) ?? ""
      let source = origin.position.map(\.description) ?? "default"
      let padding = String(repeating: " ", count: max(0, width - name.count))
      console.print("\(name)\(padding)  \(value)  (\(source))")
      if !origin.help.isEmpty {
        console.print(String(repeating: " ", count: min(width + 2, 8)) + origin.help)
      }
    }
  }

  private static func shortened(_ value: JSONNode) -> String {
    switch value.value {
    case .object, .list:
      let text = JSONWriter.compact(value)
      return text.count <= 40 ? text : String(text.prefix(37)) + "..."
    default: return JSONWriter.compact(value)
    }
  }
}
