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
  /// What is counted in the present interval.
  private var cells = UnsharedArray<UsageCell>()
  private var interval = 0

  init() {}

  /// Adds a place to count one use of one population, and returns its number.
  mutating func open(_ use: UsageCell.Use) -> UInt32 {
    cells.append(UsageCell(use))
    return UInt32(cells.count - 1)
  }

  /// The number of the place for one use of one population, which is opened when there is none.
  ///
  /// Complexity: linear in the places.
  mutating func place(for use: UsageCell.Use) -> UInt32 {
    for index in cells.indices where cells[index].use == use { return UInt32(index) }
    return open(use)
  }

  /// Ends the present interval; the next one is number `place`.
  mutating func close(until place: Int) {
    let used = cells.elements.filter(\.isUsed)
    rows += used.sorted { $0.use < $1.use }.map { cell in
      Row(
        interval: interval, population: cell.use.population, product: cell.use.product,
        model: cell.use.model, operation: cell.use.operation, attempts: cell.attempts,
        units: cell.units, activeAccounts: cell.activeAccounts)
    }
    for index in cells.indices { cells[index] = UsageCell(cells[index].use) }
    interval = place
  }

  @inline(__always)
  mutating func countAttempt(in place: UInt32, isNewlyActive: Bool) {
    let cell = cells.pointer(to: Int(place))
    cell.pointee.isUsed = true
    cell.pointee.attempts &+= 1
    if isNewlyActive { cell.pointee.activeAccounts &+= 1 }
  }

  @inline(__always)
  mutating func addUnits(_ units: Units, in place: UInt32) {
    let cell = cells.pointer(to: Int(place))
    cell.pointee.isUsed = true
    cell.pointee.units += units
  }
}

/// A place in which one population's use of one thing is counted.
struct UsageCell: Sendable {
  /// Who uses what.
  struct Use: Hashable, Comparable, Sendable {
    let population: UInt16
    let product: ProductIndex
    let model: ModelIndex
    let operation: OperationIndex

    static func < (left: Use, right: Use) -> Bool {
      (left.population, left.product, left.model, left.operation)
        < (right.population, right.product, right.model, right.operation)
    }
  }

  let use: Use
  var attempts: Int64 = 0
  var units = Units.zero
  var activeAccounts: Int64 = 0
  /// Whether anything was counted, be it nothing.
  var isUsed = false

  init(_ use: Use) { self.use = use }
}
