/// Numbers for the groups that accounts form: one for each name, and one of its own for each
/// account that is in no named group.
public struct AccountGroups: Sendable {
  /// The group of each account appended so far.
  public private(set) var indices: [UInt32] = []
  private var named: [[String]: UInt32] = [:]
  private var next: UInt32 = 0

  /// Creates groups of no accounts.
  public init() {}

  /// Appends `count` accounts to the group called `name`, or each to a group of its own when the
  /// name is empty.
  ///
  /// A name may have several parts, such as an organisation and a team within it.
  public mutating func append(_ count: Int, to name: [String]) {
    if name.isEmpty {
      indices.append(contentsOf: (0..<UInt32(count)).map { next + $0 })
      next += UInt32(count)
      return
    }
    let index = named[name] ?? next
    indices.append(contentsOf: repeatElement(index, count: count))
    if index == next { next += 1 }
    named[name] = index
  }
}
