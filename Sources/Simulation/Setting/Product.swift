import WeirAccess
public import WeirFormats
import WeirKernel

/// Something that accounts ask for, and how its use is measured.
public struct Product: Declared, Sendable {
  /// The meter of the product.
  public var meter: Meter

  /// Creates a product that counts units as its workload states them.
  public init() { meter = Meter(unit: 1) }

  /// Reads the product; its name is the key that it stands under.
  public init(_ fields: Fields) {
    let weights = fields.optional(
      "meter", .object(MeterWeights.self),
      "The units that each part of a request costs; the units that the workload states.")
    let assumed = fields.optional(
      "assumedOutput", .quantity(in: 0...1_000_000_000),
      "The output tokens assumed when a request is decided; the actual number, known in advance.")
    meter = weights?.meter(assumedOutput: assumed) ?? Meter(unit: 1, assumedOutput: assumed)
    fields.check(
      weights == nil || weights?.meter(assumedOutput: nil) != nil, at: "meter",
      expected: "weights with a common denominator of at most a thousand million")
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
  }

  /// The meter of these weights; `nil` when they have no small common denominator.
  func meter(assumedOutput: Int64?) -> Meter? {
    guard second.denominator <= 1_000_000 else { return nil }
    let perMillisecond = Ratio(second.numerator, over: second.denominator * 1000)
    let all = [request, unit, input, cachedInput, output, perMillisecond]
    var common: Int64 = 1
    for weight in all {
      common = common / Self.divisor(common, weight.denominator) * weight.denominator
      guard common <= 1_000_000_000 else { return nil }
    }
    func scaled(_ weight: Ratio) -> Int64 { weight.numerator * (common / weight.denominator) }
    guard all.allSatisfy({ $0.numerator <= 1_000_000_000 }) else { return nil }
    return Meter(
      request: scaled(request), unit: scaled(unit), input: scaled(input),
      cachedInput: scaled(cachedInput), output: scaled(output),
      millisecond: scaled(perMillisecond), denominator: common, assumedOutput: assumedOutput)
  }

  private static func divisor(_ left: Int64, _ right: Int64) -> Int64 {
    right == 0 ? left : divisor(right, left % right)
  }
}
