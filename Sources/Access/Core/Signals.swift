public import WeirKernel

/// What is known of the load on the fleet: sampled now and then, delivered later, never live.
@frozen
public struct Signals: Sendable {
  /// The load of each pool, by index.
  public var pools: [LoadSample]
  /// The pool that serves each product, by product index.
  public var poolOfProduct: [UInt16]

  /// Creates signals from the loads of all pools.
  @inlinable
  public init(pools: [LoadSample], poolOfProduct: [UInt16]) {
    self.pools = pools
    self.poolOfProduct = poolOfProduct
  }

  /// Signals of a world that reports no load.
  @inlinable
  public static var none: Signals { Signals(pools: [], poolOfProduct: []) }

  /// The load of the pool that serves `product`; idle when nothing is reported.
  @inlinable
  public func load(of product: ProductIndex) -> LoadSample {
    guard Int(product) < poolOfProduct.count else { return .idle }
    return pools[Int(poolOfProduct[Int(product)])]
  }
}

/// The load of one pool as it was sampled.
@frozen
public struct LoadSample: Sendable {
  /// When the sample was taken.
  public var sampledAt: SimTime
  /// Busy share of the capacity over the sampling interval, in millionths.
  public var utilisationMillionths: Int64
  /// The mean wait in the queue of those that started in the interval.
  public var queueDelay: SimDuration
  /// Requests in the queue when the sample was taken.
  public var queued: Int64
  /// Requests in service when the sample was taken.
  public var inService: Int64
  /// Completions in the sampling interval.
  public var completions: Int64

  /// Creates a sample.
  @inlinable
  public init(
    sampledAt: SimTime, utilisationMillionths: Int64, queueDelay: SimDuration, queued: Int64,
    inService: Int64, completions: Int64
  ) {
    self.sampledAt = sampledAt
    self.utilisationMillionths = utilisationMillionths
    self.queueDelay = queueDelay
    self.queued = queued
    self.inService = inService
    self.completions = completions
  }

  /// The sample of a pool that does nothing.
  @inlinable
  public static var idle: LoadSample {
    LoadSample(
      sampledAt: .zero, utilisationMillionths: 0, queueDelay: .zero, queued: 0, inService: 0,
      completions: 0)
  }
}
