import WeirAccess
import WeirFormats
import WeirKernel
import WeirSimulation

/// `intents.csv`: every intent as it began, measured or not, so that the run can be replayed.
struct IntentsTable: RunTable {
  /// An intent, with what its account was expected to ask for.
  struct Entry {
    let intent: IntentRecord
    let unitsPerDay: Double
  }

  let table: Table<RunRow<Entry>>

  init(_ study: Study) {
    let setting = study.scenario.setting
    let populations = setting.populations.map(\.name)
    let names = setting.directory
    var firstAccounts: [Int64] = [0]
    for population in setting.populations {
      firstAccounts.append((firstAccounts.last ?? 0) + population.accounts)
    }
    table = Table(
      name: "intents",
      text:
        "One row for each run and intent, measured or not, in the order in which they began: what a"
        + " workload of the type trace replays, in the format weir.",
      key: Table<RunRow<Entry>>.runKey + ["population", "account", "session", "turn", "call"],
      columns: study.runColumns { $0.run }
        + Self.places(populations, firstAccounts) + Self.demand(names))
  }

  private static func places(
    _ populations: [String], _ firstAccounts: [Int64]
  ) -> [TableColumn<RunRow<Entry>>] {
    [
      .text("population", "The name of the population.") {
        populations[Int($0.value.intent.population)]
      },
      .integer("account", "", "The place of the account in its population, from 0.") {
        Int64($0.value.intent.account) - firstAccounts[Int($0.value.intent.population)]
      },
      .integer("session", "", "The number of the session among those of its account, from 0.") {
        Int64($0.value.intent.session)
      },
      .integer("turn", "", "The turn of the session, from 0.") { Int64($0.value.intent.turn) },
      .integer("call", "", "The call within the turn, from 0.") { Int64($0.value.intent.call) },
      .integer("time_ns", "nanoseconds", "When the intent was first attempted.") {
        $0.value.intent.firstAttemptAt.nanoseconds
      },
      .integer(
        "pause_ns", "nanoseconds",
        "The pause since the end of the session's call before; empty for its first."
      ) { $0.value.intent.pause?.nanoseconds },
    ]
  }

  private static func demand(_ names: Directory) -> [TableColumn<RunRow<Entry>>] {
    [
      .text("product", "The product.") { names.products[Int($0.value.intent.product)] },
      .text("model", "The model.") { names.models[Int($0.value.intent.model)] },
      .text("operation", "The operation.") {
        names.operations[Int($0.value.intent.demand.operation)]
      },
      .integer("input_tokens", "tokens", "Input tokens that no cache held.") {
        $0.value.intent.demand.input
      },
      .integer("cached_input_tokens", "tokens", "Input tokens read from a cache.") {
        $0.value.intent.demand.cachedInput
      },
      .integer("output_tokens", "tokens", "Output tokens.") { $0.value.intent.demand.output },
      .integer("milliseconds", "milliseconds", "The metered time of what was made.") {
        $0.value.intent.demand.milliseconds
      },
      .integer("units", "units", "The units of a workload that states its cost directly.") {
        $0.value.intent.demand.units
      },
      .integer("work_ns", "nanoseconds", "The time that one unhurried server needs for it.") {
        $0.value.intent.demand.work.nanoseconds
      },
      .integer("work_to_first_token_ns", "nanoseconds", "The part of it until the first token.") {
        $0.value.intent.demand.workToFirstToken.nanoseconds
      },
      .flag("fails", "Whether the work comes to nothing at its end.") {
        $0.value.intent.demand.fails
      },
      .number(
        "account_units_per_day", "units",
        "What an account of weight 1 in its place was expected to ask for in a day."
      ) { $0.value.unitsPerDay },
    ]
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Entry>) throws(Failure) -> Void
  ) throws(Failure) {
    for intent in record.result.events?.intents ?? [] {
      let expected = record.result.expectedUnitsPerDay[Int(intent.account)]
      try body(RunRow(run: record.run, value: Entry(intent: intent, unitsPerDay: expected)))
    }
  }
}
