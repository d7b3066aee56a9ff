public import WeirAccess
public import WeirFormats
public import WeirKernel

/// A set of alike accounts: how many, on which plan, with what demand, and how they behave.
public struct Population: Declared, Sendable {
  /// The name under which results know it, and part of the address of all its samples.
  public var name: String
  /// The number of accounts.
  public var accounts: Int64
  /// The name of the plan that they subscribed to; the first plan of the scenario when `nil`.
  public var plan: String?
  /// The changes of plan in the run.
  public var planChanges: [PlanMove]
  /// The organisation that they all belong to; each is one of its own when `nil`.
  public var organisation: String?
  /// The team of the organisation that they all are in; `nil` for those in none.
  public var team: String?
  /// How much more often than another an account opens sessions, with a mean near 1.
  public var weight: Distribution
  /// The credits that each account comes with; what the funds say when `nil`.
  public var balance: Credits?
  /// What they ask for.
  public var workload: any Workload
  /// What they do when they are refused or delayed.
  public var behaviour: Behaviour
  /// Whether they are known to be abusive: the truth that abuse detection is measured against.
  public var isAbusive: Bool

  /// Reads the population.
  public init(_ fields: Fields) {
    name = fields.required("name", .name, "The name of the population, unique in the scenario.")
    accounts = fields.required("accounts", .quantity(in: 1...100_000_000), "How many accounts.")
    plan = fields.optional("plan", .planName, "The plan they are on; the first of the scenario.")
    planChanges = fields.value(
      "planChanges", .list(of: .object(PlanMove.self), count: 0...1000), default: [],
      "When they change to another plan; they stay on theirs.")
    organisation = fields.optional(
      "organisation", .name, "The organisation that all of them belong to; each is its own.")
    team = fields.optional(
      "team", .name, "The team of the organisation that all of them are in; in none.")
    weight = fields.value(
      "weight", .weightDistribution, whenAbsent: 1,
      "How much more often than another each account opens sessions, drawn once for each account.")
    balance = fields.optional(
      "balance", .credits, "The credits that each account comes with; what the funds say.")
    workload =
      fields.required(
        "workload", .variant(fields.registry(WorkloadCatalogue.registry)),
        "What the accounts ask for."
      ).workload
    behaviour = fields.group(
      "behaviour", Behaviour.self, "What the accounts do when they are refused or delayed.")
    isAbusive = fields.value(
      "abusive", .flag, default: false,
      "Whether the accounts are abusive: the truth that abuse detection is measured against.")
  }
}

/// All workloads that a scenario can name.
public enum WorkloadCatalogue {
  /// The registry of workloads; other packages add theirs through `Extensions`.
  public static let registry = VariantRegistry<AnyWorkload>(
    "workload",
    [
      .workload(OpenLoop.self), .workload(Codex.self), .workload(Sora.self),
      .workload(Trace.self),
    ])
}

/// A workload of any type.
public struct AnyWorkload: Sendable {
  /// The workload.
  public var workload: any Workload
}

extension Variant<AnyWorkload> {
  /// The entry of a workload type in the catalogue.
  public static func workload<Type: Workload>(_ type: Type.Type) -> Variant<AnyWorkload> {
    Variant(type.typeName, type.summary, type: type) { AnyWorkload(workload: type.init($0)) }
  }
}

extension Workload {
  /// The name of the type.
  public static var declaredName: String { typeName }

  /// The summary.
  public static var declaredHelp: String { summary }
}
