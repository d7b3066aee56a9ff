import WeirAccess
public import WeirFormats
public import WeirKernel

extension ValueKind where Value == Distribution {
  /// A random span of time: one span such as `250ms`, or a named law of spans, in seconds.
  public static var spanDistribution: ValueKind {
    let seconds = ValueKind<SimDuration>.span.map({ $0.seconds }, back: { _ in nil })
    return .either(
      seconds.map({ .constant($0) }),
      .variant(Laws.registry("law of spans", seconds)))
  }

  /// A random whole number: one number such as `40k`, or a named law of numbers.
  public static var countDistribution: ValueKind {
    let number = ValueKind<Int64>.quantity(in: 0...1_000_000_000_000).map({ Double($0) })
    return .either(
      number.map({ .constant($0) }),
      .variant(Laws.registry("law of counts", number, adding: Laws.ofCounts)))
  }

  /// A random positive number, such as a weight: one number, or a named law of numbers.
  public static var weightDistribution: ValueKind {
    let number = ValueKind<Double>.number(above: 0, upTo: 1_000_000_000)
    return .either(
      number.map({ .constant($0) }),
      .variant(Laws.registry("law of weights", number)))
  }
}

extension ValueKind where Value == String {
  /// The name of a product of the scenario.
  public static var productName: ValueKind { name }

  /// The name of a plan of the scenario.
  public static var planName: ValueKind { name }
}

/// The laws of random numbers that a scenario can name.
enum Laws {
  /// The laws whose parameters are of one kind: spans, counts or plain numbers.
  static func registry(
    _ title: String, _ magnitude: ValueKind<Double>, adding more: [Variant<Distribution>] = []
  ) -> VariantRegistry<Distribution> {
    VariantRegistry(
      title, plain(magnitude) + shaped(magnitude) + composite(title, magnitude) + more)
  }

  private static func plain(_ magnitude: ValueKind<Double>) -> [Variant<Distribution>] {
    [
      Variant("constant", "Always the same.") { fields in
        .constant(fields.required("value", magnitude, "The value."))
      },
      Variant("uniform", "Anything between two bounds, equally likely.") { fields in
        let low = fields.required("low", magnitude, "The lower bound.")
        let high = fields.required("high", magnitude, "The upper bound.")
        fields.check(low <= high, at: "high", expected: "a bound of at least \"low\"")
        return .uniform(low: low, high: max(low, high))
      },
      Variant("exponential", "Memoryless, as the gaps of a Poisson process.") { fields in
        .exponential(mean: fields.required("mean", magnitude, "The mean."))
      },
    ]
  }

  private static func shaped(_ magnitude: ValueKind<Double>) -> [Variant<Distribution>] {
    let shape = ValueKind<Double>.number(above: 0, upTo: 1000)
    return [
      Variant("lognormal", "The exponential of a normal: many small, few very large.") { fields in
        let median = fields.optional("median", magnitude, "The median; give it with \"sigma\".")
        let sigma = fields.optional(
          "sigma", .number(in: 0...10), "The standard deviation of the logarithm.")
        let mean = fields.optional("mean", magnitude, "The mean; give it with \"variation\".")
        let variation = fields.optional(
          "variation", .number(in: 0...1000), "The standard deviation over the mean.")
        let byMedian = median != nil && sigma != nil && mean == nil && variation == nil
        let byMean = mean != nil && variation != nil && median == nil && sigma == nil
        fields.check(
          byMedian || byMean, expected: "\"median\" with \"sigma\", or \"mean\" with \"variation\"")
        fields.check(
          (median ?? mean ?? 1) > 0, at: median == nil ? "mean" : "median",
          expected: "more than nothing")
        if byMean {
          let law = Distribution.lognormal(mean: max(mean ?? 1, 1e-9), variation: variation ?? 0)
          return clamped(law, fields, magnitude)
        }
        let law = Distribution.lognormal(median: max(median ?? 1, 1e-9), sigma: sigma ?? 0)
        return clamped(law, fields, magnitude)
      },
      Variant("gamma", "Gaps that are burstier (shape below 1) or smoother than Poisson.") {
        fields in
        let mean = positive("mean", magnitude, "The mean.", fields)
        let form = fields.required("shape", shape, "The shape; 1 is the exponential law.")
        return clamped(.gamma(shape: form, mean: mean), fields, magnitude)
      },
      Variant("weibull", "Gaps with a heavier (shape below 1) or lighter tail.") { fields in
        let mean = positive("mean", magnitude, "The mean.", fields)
        let form = fields.required("shape", shape, "The shape; 1 is the exponential law.")
        return clamped(.weibull(shape: form, mean: mean), fields, magnitude)
      },
      Variant("pareto", "A power law above a minimum.") { fields in
        let minimum = positive("minimum", magnitude, "The smallest value.", fields)
        let form = fields.required(
          "shape", shape, "The exponent of the tail; the mean is finite above 1.")
        return clamped(.pareto(shape: form, minimum: minimum), fields, magnitude)
      },
    ]
  }

  private static func composite(
    _ title: String, _ magnitude: ValueKind<Double>
  ) -> [Variant<Distribution>] {
    [
      Variant("empirical", "One of the measured values, each equally likely.") { fields in
        let values = fields.required(
          "values", .list(of: magnitude, count: 1...100_000), "The measured values.")
        return .empirical(values.isEmpty ? [0] : values, gaps: .steps)
      },
      Variant("discrete", "One of several values, each with its weight.") { fields in
        let values = fields.required(
          "values", .list(of: magnitude, count: 1...100_000), "The values.")
        let weights = fields.required(
          "weights", .list(of: .number(in: 0...1e12), count: 1...100_000), "Their weights.")
        let fit = values.count == weights.count && weights.contains { $0 > 0 }
        fields.check(
          fit, at: "weights", expected: "one weight for each value, and one above 0")
        return fit ? .discrete(values: values, weights: weights) : .constant(0)
      },
      Variant("mixture", "Now one law, now another.") { fields in
        let simple = VariantRegistry("simple " + title, plain(magnitude) + shaped(magnitude))
        let laws = fields.required("of", .list(of: .variant(simple), count: 1...100), "The laws.")
        let weights = fields.required(
          "weights", .list(of: .number(in: 0...1e12), count: 1...100), "Their weights.")
        let fit = laws.count == weights.count && weights.contains { $0 > 0 }
        fields.check(fit, at: "weights", expected: "one weight for each law, and one above 0")
        guard fit else { return .constant(0) }
        return clamped(.mixture(weights: weights, components: laws), fields, magnitude)
      },
    ]
  }

  /// Laws of whole numbers.
  static let ofCounts: [Variant<Distribution>] = [
    Variant("poisson", "The number of events of a Poisson process.") { fields in
      .poisson(mean: fields.required("mean", .number(in: 0...1e9), "The mean."))
    },
    Variant("zipf", "Ranks from 1, the first the most likely.") { fields in
      let exponent = fields.required("exponent", .number(in: 0...100), "The exponent.")
      let count = fields.required("count", .quantity(in: 1...4_000_000_000), "The greatest rank.")
      return .zipf(exponent: exponent, count: count)
    },
  ]

  private static func positive(
    _ name: String, _ magnitude: ValueKind<Double>, _ help: String, _ fields: Fields
  ) -> Double {
    let value = fields.required(name, magnitude, help)
    fields.check(value > 0, at: name, expected: "more than nothing")
    return max(value, 1e-9)
  }

  private static func clamped(
    _ law: Distribution, _ fields: Fields, _ magnitude: ValueKind<Double>
  ) -> Distribution {
    let least = fields.optional("atLeast", magnitude, "Smaller samples become this; no bound.")
    let most = fields.optional("atMost", magnitude, "Larger samples become this; no bound.")
    fields.check(
      (least ?? 0) <= (most ?? .infinity), at: "atMost", expected: "a bound of at least \"atLeast\""
    )
    guard least != nil || most != nil else { return law }
    return law.clamped(minimum: least ?? -.infinity, maximum: max(most ?? .infinity, least ?? 0))
  }
}
