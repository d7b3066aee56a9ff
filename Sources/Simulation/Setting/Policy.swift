public import WeirAccess
public import WeirFormats

/// A named, complete answer to demand: the access stack, and the rule that picks who is served.
public struct Policy: Declared, Sendable {
  /// The name under which results know it.
  public var name: String
  /// The layers of its stack, in the order of the waterfall.
  public var layers: [NamedLayer]
  /// What happens to a request whose cost nobody pays in full.
  public var onShortfall: Shortfall
  /// The layers that change while the policy is in force.
  public var changes: [LayerChange]
  /// What becomes of what an account has used when it changes its plan.
  public var onPlanChange: Inheritance
  /// The products that are given in the place of others that are used up.
  public var downgrades: [PolicyDowngrade]
  /// The rule that picks who is served next.
  public var scheduler: any Scheduler

  /// Reads the policy.
  public init(_ fields: Fields) {
    name = fields.required("name", .name, "The name of the policy, unique in the scenario.")
    layers = fields.value(
      "layers", .list(of: .variant(fields.registry(Catalogue.layers))), default: [],
      "The layers of the access stack, in the order of the waterfall; none admits everything.")
    onShortfall = fields.value(
      "onShortfall", .choice(Shortfall.self), default: .rollback,
      "What happens to a request that nobody pays in full: rollback denies it and counts nothing, countFirst denies it but counts in the allowances, partial grants what is paid."
    )
    changes = fields.value(
      "changes", .list(of: .object(LayerChange.self)), default: [],
      "Layers that are replaced at a time of the run; none.")
    onPlanChange = fields.inheritance(
      "onPlanChange", default: .additive,
      "What becomes of what an account has used when it changes its plan.")
    let downgrades = fields.optional(
      "downgrades", .list(of: .object(PolicyDowngrade.self)),
      "Products that are given in the place of others that are used up; none.")
    self.downgrades = downgrades ?? []
    scheduler =
      fields.value(
        "scheduler", .variant(fields.registry(SchedulerCatalogue.registry), nameAlone: true),
        whenAbsent: "fifo",
        "The rule that picks who is served next."
      ).scheduler
    checkLayers(fields)
  }

  private func checkLayers(_ fields: Fields) {
    for (index, layer) in layers.enumerated() {
      let twin = layers[..<index].contains { $0.name == layer.name }
      fields.check(
        !twin, at: "layers/\(index)/name",
        expected: "a name that no other layer of the policy has, not \"\(layer.name)\" again")
    }
    for (index, change) in changes.enumerated() {
      change.check(fields, at: "changes/\(index)", among: layers)
    }
    for (index, entry) in downgrades.enumerated() {
      let product = entry.downgrade.product.value
      fields.check(
        !downgrades[..<index].contains { $0.downgrade.product.value == product },
        at: "downgrades/\(index)/product",
        expected: "a product that no other downgrade is for, not \"\(product)\" again")
    }
    let paying = layers.filter { $0.layer.role != .gate }.count
    fields.check(
      paying <= Shares.capacity, at: "layers",
      expected: "at most \(Shares.capacity) layers that pay")
  }

  /// The stack of the policy for the accounts of `directory`.
  public func stack(for directory: Directory) -> Stack {
    Stack(layers, onShortfall: onShortfall, changes: changes, for: directory)
  }
}

/// All schedulers that a scenario can name.
public enum SchedulerCatalogue {
  /// The registry of schedulers; other packages add theirs through `Extensions`.
  public static let registry = VariantRegistry<AnyScheduler>(
    "scheduler", [.scheduler(FirstComeFirstServed.self), .scheduler(PriorityFirst.self)])
}

/// A scheduler of any type.
public struct AnyScheduler: Sendable {
  /// The scheduler.
  public var scheduler: any Scheduler
}

extension Variant<AnyScheduler> {
  /// The entry of a scheduler type in the catalogue.
  public static func scheduler<Type: Scheduler>(_ type: Type.Type) -> Variant<AnyScheduler> {
    Variant(type.typeName, type.summary, type: type) { AnyScheduler(scheduler: type.init($0)) }
  }
}

extension Scheduler {
  /// The name of the type.
  public static var declaredName: String { typeName }

  /// The summary.
  public static var declaredHelp: String { summary }
}
