public import WeirAccess
import WeirKernel

/// What each population used of each product, model and operation in each interval.
public struct UsageTable: ~Copyable, Sendable {
  /// One population's use of one thing in one interval.
  public struct Row: Sendable, Equatable {
    /// The interval, from 0.
    public let interval: Int
    /// The population, as an index into the setting.
    public let population: UInt16
    /// The product, as an index into the directory.
    public let product: ProductIndex
    /// The model, as an index into the directory.
    public let model: ModelIndex
    /// The operation, as an index into the directory.
    public let operation: OperationIndex
    /// Attempts, refused ones included.
    public var attempts: Int64 = 0
    /// Units of the requests that completed.
    public var units = Units.zero
    /// Accounts whose first attempt of the interval was this operation.
    public var activeAccounts: Int64 = 0
  }

  /// The rows of all closed intervals.
  public private(set) var rows: [Row] = []
  /// The rows of the present interval.
  private var open = UnsharedArray<Row>()
  /// What each of them is about, in one word.
  private var openKeys = UnsharedArray<UInt64>()
  private var interval = 0

  init() {}

  /// Ends the present interval; the next one is number `place`.
  mutating func close(until place: Int) {
    open.sort {
      ($0.population, $0.product, $0.model, $0.operation)
        < ($1.population, $1.product, $1.model, $1.operation)
    }
    rows += open.elements
    open.removeAll()
    openKeys.removeAll()
    interval = place
  }

  mutating func countAttempt(
    population: UInt16, product: ProductIndex, model: ModelIndex, operation: OperationIndex,
    isNewlyActive: Bool
  ) {
    let row = place(population, product, model, operation)
    open[row].attempts += 1
    if isNewlyActive { open[row].activeAccounts += 1 }
  }

  mutating func addUnits(
    _ units: Units, population: UInt16, product: ProductIndex, model: ModelIndex,
    operation: OperationIndex
  ) {
    let row = place(population, product, model, operation)
    open[row].units += units
  }

  private static func key(
    _ population: UInt16, _ product: ProductIndex, _ model: ModelIndex,
    _ operation: OperationIndex
  ) -> UInt64 {
    UInt64(population) << 48 | UInt64(product) << 32 | UInt64(model) << 16 | UInt64(operation)
  }

  /// The row of the present interval; few are open at a time, so that a search is quick.
  private mutating func place(
    _ population: UInt16, _ product: ProductIndex, _ model: ModelIndex,
    _ operation: OperationIndex
  ) -> Int {
    let key = Self.key(population, product, model, operation)
    for index in openKeys.indices where openKeys[index] == key { return index }
    openKeys.append(key)
    open.append(
      Row(
        interval: interval, population: population, product: product, model: model,
        operation: operation))
    return open.count - 1
  }
}
