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

  /// How the servers of a pool share the work.
  public enum Sharing: String, CaseIterable, Sendable {
    /// One request a server at a time, from start to end.
    case slots
  }

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
      "sharing", .choice(Sharing.self), default: .slots,
      "How servers share the work: slots serve one request each, from start to end.")
  }
}
