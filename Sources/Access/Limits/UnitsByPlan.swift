public import WeirFormats

/// A number of units that may differ from plan to plan: 0 means none, absent means no limit.
///
/// In a scenario either one number, such as `45`, which holds for every plan, or a map, such as
/// `{"free": 5, "plus": 45}`, in which a plan that is not named has no limit.
public struct UnitsByPlan: Sendable {
  /// What holds for plans that are not named; `nil` when they have no limit.
  private let standard: Units?
  private let named: [(plan: Located<String>, units: Units)]

  /// The same units for every plan.
  public init(_ units: Units) {
    standard = units
    named = []
  }

  /// Units for the plans named; all others have no limit.
  public init(plans: KeyValuePairs<String, Units>) {
    standard = nil
    named = plans.map { (Located($0.key), $0.value) }
  }

  init(entries: [(key: String, value: Located<Units>)]) {
    standard = nil
    named = entries.map { entry in
      let place = entry.value
      return (Located(entry.key, pointer: place.pointer, position: place.position), place.value)
    }
  }

  /// The plans that it names.
  public var planNames: [Located<String>] { named.map(\.plan) }

  /// Whether it is one number for all plans.
  public var isUniform: Bool { standard != nil }

  /// The units of the plan called `plan`; `nil` when it has no limit.
  public func units(of plan: String) -> Units? {
    named.first { $0.plan.value == plan }?.units ?? standard
  }

  /// The units of each plan of `directory`, ready to be looked up by index.
  func resolved(for directory: Directory) -> [Units] {
    directory.plans.map { units(of: $0.name) ?? .unlimited }
  }
}

extension Units {
  /// More than anything costs: what stands for "no limit" in resolved tables.
  static let unlimited = Units(.max)
}

extension ValueKind where Value == UnitsByPlan {
  /// A number of units, or a map from plans to numbers of units.
  public static var unitsByPlan: ValueKind {
    .either(
      ValueKind<Units>.units.map { UnitsByPlan($0) },
      ValueKind<[(key: String, value: Located<Units>)]>.map(of: .located(.units)).map {
        UnitsByPlan(entries: $0)
      })
  }
}
