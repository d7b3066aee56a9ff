public import WeirAccess
public import WeirFormats
import WeirKernel

/// Something that accounts ask for, and how its use is measured.
public struct Product: Declared, Sendable {
  private let weights: MeterWeights?
  private let assumedOutput: Int64?
  /// Where its weights come from, and when they held.
  public let provenance: Provenance

  /// Creates a product that counts units as its workload states them.
  public init() {
    weights = nil
    assumedOutput = nil
    provenance = Provenance()
  }

  /// Reads the product; its name is the key that it stands under.
  public init(_ fields: Fields) {
    let weights = fields.optional(
      "meter", .object(MeterWeights.self),
      "The units that each part of a request costs; the units that the workload states.")
    assumedOutput = fields.optional(
      "assumedOutput", .quantity(in: 0...1_000_000_000),
      "The output tokens assumed when a request is decided; the actual number, known in advance.")
    self.weights = weights
    provenance = Provenance(fields)
    let factors = [("", .one)] + (weights?.operations ?? [])
    for (operation, factor) in factors {
      fields.check(
        weights == nil || weights?.meter(assumedOutput: nil, times: factor) != nil,
        at: operation.isEmpty ? "meter" : "meter/operations/\(operation)",
        expected: "weights with a common denominator of at most a thousand million")
    }
  }

  /// The operations whose requests cost another multiple of the meter's sum than 1.
  var pricedOperations: [String] { weights?.operations.map(\.key) ?? [] }

  /// The meter of the requests of one kind.
  public func meter(of operation: String) -> CostMeter {
    let factor = weights?.operations.first { $0.key == operation }?.value ?? .one
    return weights?.meter(assumedOutput: assumedOutput, times: factor)
      ?? CostMeter(unit: 1, assumedOutput: assumedOutput)
  }
}

/// The weights of a meter: units for each part of a request, as exact decimals.
struct MeterWeights: Declared {
  let request: Ratio
  let unit: Ratio
  let input: Ratio
  let cachedInput: Ratio
  let output: Ratio
  let second: Ratio
  /// What the sum is multiplied by for requests of some operations.
  let operations: [(key: String, value: Ratio)]

  init(_ fields: Fields) {
    func weight(_ name: String, _ what: String) -> Ratio {
      fields.value(name, .ratio, default: .zero, "The units for \(what).")
    }
    request = weight("request", "each request")
    unit = weight("unit", "each unit that the workload states")
    input = weight("input", "each new input token")
    cachedInput = weight("cachedInput", "each input token read from a cache")
    output = weight("output", "each output token")
    second = weight("second", "each second of what is made")
    operations = fields.value(
      "operations", .map(of: .ratio), default: [],
      "What the sum of all weights is multiplied by, for operations of the workload by name; 1.")
  }

  /// The meter of these weights times `factor`; `nil` when they have no small common denominator.
  func meter(assumedOutput: Int64?, times factor: Ratio) -> CostMeter? {
    guard second.denominator <= 1_000_000 else { return nil }
    let perMillisecond = Ratio(second.numerator, over: second.denominator * 1000)
    let all = [request, unit, input, cachedInput, output, perMillisecond]
    let parts = all.compactMap { Self.product($0, factor) }
    guard parts.count == all.count else { return nil }
    var common: Int64 = 1
    for weight in parts {
      common = common / Self.divisor(common, weight.denominator) * weight.denominator
      guard common <= 1_000_000_000 else { return nil }
    }
    func scaled(_ weight: Ratio) -> Int64 { weight.numerator * (common / weight.denominator) }
    return CostMeter(
      request: scaled(parts[0]), unit: scaled(parts[1]), input: scaled(parts[2]),
      cachedInput: scaled(parts[3]), output: scaled(parts[4]), millisecond: scaled(parts[5]),
      denominator: common, assumedOutput: assumedOutput)
  }

  /// The product of two ratios whose upper and lower numbers are at most a thousand million.
  private static func product(_ left: Ratio, _ right: Ratio) -> Ratio? {
    let parts = [left.numerator, left.denominator, right.numerator, right.denominator]
    guard parts.allSatisfy({ $0 <= 1_000_000_000 }) else { return nil }
    let product = Ratio(
      left.numerator * right.numerator, over: left.denominator * right.denominator)
    let isSmall = product.numerator <= 1_000_000_000 && product.denominator <= 1_000_000_000
    return isSmall ? product : nil
  }

  private static func divisor(_ left: Int64, _ right: Int64) -> Int64 {
    right == 0 ? left : divisor(right, left % right)
  }
}
