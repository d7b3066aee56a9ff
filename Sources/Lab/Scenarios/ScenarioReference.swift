import WeirAccess
public import WeirFormats
public import WeirSimulation

/// The reference of everything that scenarios can name, made from the declarations.
public struct ScenarioReference: Sendable {
  private let extensions: Extensions

  /// The reference of Weir's own catalogue, and of what other packages add to it.
  public init(extensions: Extensions = Extensions()) { self.extensions = extensions }

  /// Variants of one idea, by name.
  public struct Family: Sendable {
    /// What they are variants of.
    public let title: String
    /// Their names with one sentence each.
    public let variants: [(name: String, help: String)]
    /// The page of each variant.
    let page: @Sendable () -> String

    init<Base>(_ title: String, _ registry: VariantRegistry<Base>, _ extensions: Extensions) {
      self.title = title
      variants = extensions.adding(to: registry).variants.map { ($0.name, $0.help) }
      page = { Reference.markdown(registry, level: 2, extensions: extensions) }
    }
  }

  /// All families, in the order of the reference.
  public var families: [Family] {
    [
      Family("layers", Catalogue.layers, extensions),
      Family("workloads", WorkloadCatalogue.registry, extensions),
      Family("schedulers", SchedulerCatalogue.registry, extensions),
      Family("ways of sharing servers", Sharing.registry, extensions),
      Family("responses to a refusal", RefusalResponse.registry, extensions),
    ]
  }

  /// The whole reference: the scenario with all that it holds, and every metric.
  public func markdown() -> String {
    let metrics = Metric.allCases.map { metric in
      let definition = metric.definition
      return "| `\(metric.name)` | \(definition.unit) | \(definition.better.rawValue) |"
        + " \(definition.text) |\n"
    }.joined()
    return Reference.markdown(Scenario.self, level: 2, extensions: extensions)
      + "\n## Metrics\n\n| metric | unit | better | definition |\n|---|---|---|---|\n" + metrics
  }

  /// The page of the variant called `name`; `nil` when there is none.
  public func page(of name: String) -> String? {
    for family in families where family.variants.contains(where: { $0.name == name }) {
      let sections = family.page().components(heading: "### `")
      return sections.first { $0.hasPrefix("### `\(name)`") }
    }
    return nil
  }

  /// The page of a metric.
  public static func page(of metric: Metric) -> String {
    let definition = metric.definition
    let unit = definition.unit.isEmpty ? "none" : definition.unit
    return """
      ### `\(metric.name)`

      \(definition.text)

      Unit: \(unit). Better: \(definition.better.rawValue). Heading: \(definition.heading.rawValue).

      """
  }
}

extension String {
  /// The text cut before each line that begins with `heading`, or with another heading.
  fileprivate func components(heading: String) -> [String] {
    var parts: [String] = []
    var current = ""
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") {
        parts.append(current)
        current = ""
      }
      current += line + "\n"
    }
    return parts + [current]
  }
}
