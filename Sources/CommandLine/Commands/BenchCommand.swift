import WeirFormats
import WeirLab
import WeirReports

/// `weir bench`: what each layer costs in time and memory.
enum BenchCommand: Command {
  static let specification = CommandSpecification(
    name: "bench", summary: "Measure what each layer of the catalogue costs in time and memory",
    operands: [],
    options: [
      .value("--layer", "NAME", repeats: true, "Measure this layer; may be given several times."),
      .value("--requests", "N", "How many requests are timed for each figure; 200000."),
      .value(
        "--accounts", "N", repeats: true,
        "How many accounts there are; 1000 and 1000000. May be given several times."),
      .flag("--json", "Write the figures as JSON."),
    ],
    discussion: """
      A layer is measured in a stack of its own; the first row is a stack without any. A decision \
      is the quote, its commit or refusal, and what is learnt from it. Settlement is all that \
      follows for an admitted request: start, correction, charge, end. Times are medians of the \
      processor's time for a thread, so that other work on the machine hardly counts; ratios \
      carry over to other machines, nanoseconds do not. Memory is the growth of resident memory, \
      divided by the accounts, while the stack is made and each account asks once or more.
      """,
    examples: ["weir bench", "weir bench --layer tokenBucket --layer gcra --json"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let known = Benchmarks.layerNames(extensions: context.extensions)
    let names = arguments.texts("--layer")
    for name in names where !known.contains(name) {
      let hint = nearestName(name, in: known).map { "; did you mean \($0)?" } ?? ""
      throw .badValue(
        of: "--layer", found: name, expected: "a layer of the catalogue (weir catalogue)\(hint)")
    }
    let requests = try arguments.integer("--requests", in: 1...1_000_000_000) ?? 200_000
    var accounts: [Int] = []
    for text in arguments.texts("--accounts") {
      guard let count = Int(text), (1...100_000_000).contains(count) else {
        throw .badValue(
          of: "--accounts", found: text, expected: "a whole number from 1 to 100000000")
      }
      accounts.append(count)
    }
    let console = context.console
    if !isOptimised {
      console.warn("note: this is a debug build; build with -c release for figures that count\n")
    }
    let isShown = console.place.errorIsTerminal
    let results = Benchmarks.run(
      names.isEmpty ? nil : names, requests: requests,
      accounts: accounts.isEmpty ? [1000, 1_000_000] : accounts, extensions: context.extensions
    ) { name in
      if isShown { console.warn("\rmeasuring \(name)\u{1B}[K") }
    }
    if isShown { console.warn("\r\u{1B}[K") }
    if arguments.has("--json") {
      console.write(
        JSONWriter.pretty(BenchmarkTable.document(results, isOptimised: isOptimised)))
    } else {
      console.write(BenchmarkTable.text(results, TextStyle(width: console.place.width)))
    }
    return .success
  }

  private static var isOptimised: Bool {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return !isDebug
  }
}
