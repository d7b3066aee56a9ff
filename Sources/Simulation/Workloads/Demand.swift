public import WeirAccess
public import WeirKernel

/// What one intent really asks of the fleet and of the meter.
///
/// The access stack never sees it before it has happened: a request carries an estimate.
@frozen
public struct Demand: Hashable, Sendable {
  /// The kind of request, as an index into the workload's operations.
  public var operation: OperationIndex = 0
  /// Whether the work comes to nothing at its end, through no fault of the account.
  public var fails = false
  /// The time that one unhurried server needs for all of it.
  public var work: SimDuration = .zero
  /// The part of ``work`` until the first token is out.
  public var workToFirstToken: SimDuration = .zero
  /// Input tokens that no cache holds.
  public var input: Int64 = 0
  /// Input tokens read from a cache.
  public var cachedInput: Int64 = 0
  /// Output tokens.
  public var output: Int64 = 0
  /// Metered seconds of what is made (clip seconds, audio seconds), in thousandths.
  public var milliseconds: Int64 = 0
  /// Units of a workload that states its cost directly.
  public var units: Int64 = 0

  /// Creates a demand of nothing.
  @inlinable
  public init() {}
}

/// What one operation costs in units of its product: an exact weighted sum, rounded once, half up.
///
/// A cost above a million million units counts as that many: a run can add up nine million of them.
@frozen
public struct CostMeter: Sendable {
  /// The weights of request, unit, input, cached input, output and millisecond, over `denominator`.
  @usableFromInline let weights: InlineArray<6, Int64>
  @usableFromInline let denominator: Int64
  /// The counts up to which 64 bits hold the sum.
  @usableFromInline let narrowCounts: UInt64
  /// The output tokens assumed at decision time; `nil` when the actual number is known then.
  public let assumedOutput: Int64?

  /// Creates a meter of integer weights over one denominator.
  public init(
    request: Int64 = 0, unit: Int64 = 0, input: Int64 = 0, cachedInput: Int64 = 0,
    output: Int64 = 0, millisecond: Int64 = 0, denominator: Int64 = 1, assumedOutput: Int64? = nil
  ) {
    precondition(denominator > 0)
    weights = [request, unit, input, cachedInput, output, millisecond]
    let sum = [request, unit, input, cachedInput, output, millisecond].reduce(UInt128(1)) {
      $0 + UInt128($1.magnitude)
    }
    narrowCounts = UInt64((UInt128(Int64.max.magnitude) - UInt128(denominator.magnitude)) / sum)
    self.denominator = denominator
    self.assumedOutput = assumedOutput
  }

  /// The cost of requests that ask for so much together, not rounded: for expectations.
  public func mean(of demand: MeanDemand) -> Double {
    let parts = [
      demand.requests, demand.units, demand.input, demand.cachedInput, demand.output,
      demand.milliseconds,
    ]
    return parts.indices.reduce(0) { $0 + Double(weights[$1]) * parts[$1] } / Double(denominator)
  }

  /// The actual cost of `demand`.
  @inline(__always)
  public func actual(_ demand: Demand) -> Units { cost(demand, output: demand.output) }

  /// The cost of `demand` as it is known at decision time.
  @inline(__always)
  public func estimate(_ demand: Demand) -> Units {
    cost(demand, output: assumedOutput ?? demand.output)
  }

  @inline(__always)
  func cost(_ demand: Demand, output: Int64) -> Units {
    // Each count is at most all of them together, bit by bit.
    let counts =
      demand.units | demand.input | demand.cachedInput | output | demand.milliseconds
    guard UInt64(bitPattern: counts) <= narrowCounts else {
      return wideCost(demand, output: output)
    }
    var sum = weights[0] + weights[1] * demand.units
    if weights[2] | weights[3] | weights[4] != 0 {
      sum += weights[2] * demand.input + weights[3] * demand.cachedInput + weights[4] * output
    }
    sum += weights[5] * demand.milliseconds
    guard denominator > 1 else { return Units(min(sum, Self.greatestCost)) }
    return Units(min((sum + denominator / 2) / denominator, Self.greatestCost))
  }

  /// The same with 128 bits, which hold any sum; no more than ``greatestCost``.
  @inline(never)
  func wideCost(_ demand: Demand, output: Int64) -> Units {
    let counts = [
      1, demand.units, demand.input, demand.cachedInput, output, demand.milliseconds,
    ]
    let sum = counts.indices.reduce(Int128(denominator / 2)) {
      $0 + Int128(weights[$1]) * Int128(counts[$1])
    }
    return Units(Int64(min(sum / Int128(denominator), Int128(Self.greatestCost))))
  }

  /// The most units that a request costs.
  static var greatestCost: Int64 { 1_000_000_000_000 }
}

/// What some requests ask for together, on average: the parts that a ``CostMeter`` counts.
public struct MeanDemand: Hashable, Sendable {
  /// The number of requests.
  public var requests = 0.0
  /// Units of workloads that state their cost directly.
  public var units = 0.0
  /// Input tokens that no cache holds.
  public var input = 0.0
  /// Input tokens read from a cache.
  public var cachedInput = 0.0
  /// Output tokens.
  public var output = 0.0
  /// Metered seconds of what is made, in thousandths.
  public var milliseconds = 0.0

  /// Creates a demand of nothing.
  public init() {}
}
