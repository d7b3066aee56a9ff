public import WeirFormats

/// A group of alike accelerators, as a scenario describes it.
public struct Pool: Declared, Sendable {
  /// The name under which results know it.
  public var name: String
  /// The names of the products that it serves; all when empty.
  public var serves: [String]
  /// The number of servers.
  public var servers: Int64
  /// The most requests that may wait; `nil` for no bound.
  public var queueLimit: Int64?
  /// How its servers share the work.
  public var sharing: Sharing

  /// Reads the pool.
  public init(_ fields: Fields) {
    name = fields.required("name", .name, "The name under which results know the pool.")
    serves = fields.value(
      "serves", .list(of: .productName), default: [], "The products that it serves; all of them.")
    servers = fields.required("servers", .quantity(in: 1...100_000_000), "The number of servers.")
    queueLimit = fields.optional(
      "queueLimit", .quantity(in: 0...1_000_000_000),
      "The most requests that may wait; a request that finds the queue full is denied. No bound.")
    sharing = fields.value(
      "sharing", .variant(fields.registry(Sharing.registry), nameAlone: true), whenAbsent: "slots",
      "How the servers share the work.")
    let rows = (sharing.points.last?.requests ?? 1).multipliedReportingOverflow(by: servers)
    fields.check(
      !sharing.isShared || (!rows.overflow && rows.partialValue <= 10_000_000), at: "sharing",
      expected: "at most 10 million rows in the speed table, servers times requests")
  }
}
