import WeirLab

/// `weir schema`: the JSON Schema of scenario files, for editors.
enum SchemaCommand: Command {
  static let specification = CommandSpecification(
    name: "schema", summary: "Write the JSON Schema of scenario files, for editors",
    operands: [], options: [],
    examples: ["weir schema > Scenarios/weir.schema.json"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    console.write(ScenarioSchema.text(extensions: context.extensions))
    return .success
  }
}
