public import WeirFormats
public import WeirKernel

/// The access that an account subscribed to.
public struct Plan: Declared, Sendable {
  /// The name under which scenarios and results know it.
  public var name: String
  /// Who is served first where a scheduler minds: a lower number goes first.
  public var priority: Int64
  /// The windows that the layer `planAllowance` keeps for accounts of this plan.
  public var allowances: [PlanWindow]
  /// Where the numbers come from, and when they held.
  public var provenance: Provenance

  /// Creates a plan.
  public init(
    name: String, priority: Int64 = 0, allowances: [PlanWindow] = [],
    provenance: Provenance = Provenance()
  ) {
    self.name = name
    self.priority = priority
    self.allowances = allowances
    self.provenance = provenance
  }

  /// Reads the plan; its name is the key that it stands under.
  public init(_ fields: Fields) {
    name = ""
    priority = fields.value(
      "priority", .integer(in: 0...1000), default: 0,
      "Who is served first by schedulers that mind: a lower number goes first.")
    allowances = fields.value(
      "allowances", .list(of: .object(PlanWindow.self)), default: [],
      "The windows that the layer planAllowance keeps for each account of the plan.")
    provenance = Provenance(fields)
  }
}

/// One window of a plan: so many units in so much time.
public struct PlanWindow: Declared, Hashable, Sendable {
  /// The most units in one window; 0 means none.
  public var limit: Units
  /// The length of the window.
  public var per: SimDuration
  /// Whether the window opens at the first use; otherwise it is aligned to the start of the run.
  public var anchored: Bool

  /// Creates a window.
  public init(limit: Units, per: SimDuration, anchored: Bool = true) {
    self.limit = limit
    self.per = per
    self.anchored = anchored
  }

  /// Reads the window.
  public init(_ fields: Fields) {
    limit = fields.required("limit", .units, "The most units in one window; 0 means none.")
    per = fields.required("per", .span, "The length of the window.")
    anchored = fields.value(
      "anchored", .flag, default: true,
      "Whether the window opens at the first use; otherwise windows follow one another from the start."
    )
  }
}
