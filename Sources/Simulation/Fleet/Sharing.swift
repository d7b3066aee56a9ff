public import WeirFormats
import WeirKernel

/// How the servers of a pool share the work.
public struct Sharing: Sendable {
  /// The points of the speed table: what so many requests get done together on one server.
  struct Point: Declared {
    let requests: Int64
    let together: Double

    init(_ fields: Fields) {
      requests = fields.required(
        "requests", .integer(in: 1...100_000), "The number of requests that share one server.")
      together = fields.required(
        "together", .number(above: 0, upTo: 10_000),
        "How fast they are served together; 1 is one request alone.")
    }
  }

  /// The points of processor sharing, by number of requests; empty for slots.
  let points: [Point]
  /// The most requests on one server; more wait. `nil` for no bound.
  let requestsPerServer: Int64?
  /// Whether requests share servers; otherwise each has one of its own.
  let isShared: Bool

  /// The speed of a busy server at its best; 1 is one request alone.
  public var greatestSpeed: Double { max(1, points.map(\.together).max() ?? 1) }

  /// The ways of sharing that a scenario can name.
  public static let registry = VariantRegistry<Sharing>(
    "sharing",
    [
      Variant("slots", "A server serves one request, from its start to its end.") { _ in
        Sharing(points: [], requestsPerServer: nil, isShared: false)
      },
      Variant("processorSharing", "Requests are served at once and slow one another down.") {
        fields in
        let points = fields.value(
          "speeds", .list(of: .object(Point.self), count: 0...1000), default: [],
          "How fast requests on one server are served together, by their number; one server's worth."
        )
        let limit = fields.optional(
          "requestsPerServer", .integer(in: 1...100_000),
          "The most requests on one server; more wait in the queue. No bound.")
        fields.check(
          zip(points, points.dropFirst()).allSatisfy { $0.requests < $1.requests }, at: "speeds",
          expected: "points in increasing order of requests")
        return Sharing(points: points, requestsPerServer: limit, isShared: true)
      },
    ])

  /// The speed of n requests together on `servers` servers, for n from 1, in units of 2⁻³².
  ///
  /// Requests spread evenly, so that each server has its part of n, not always whole; between the
  /// points, and from the empty server to the first, the speed is on a straight line. After the
  /// last point it stays. One request alone is never faster than 1.
  func totalSpeeds(servers: Int64) -> [UInt64] {
    let given = points.map { (requests: Double($0.requests), speed: $0.together) }
    var table = [(requests: 0.0, speed: 0.0), (requests: 1.0, speed: 1.0)]
    if given.first?.requests == 1 { table.removeLast() }
    table += given
    let last = Int64(table[table.count - 1].requests) * servers
    var piece = 1
    return (1...last).map { count in
      let each = Double(count) / Double(servers)
      while piece < table.count - 1, table[piece].requests < each { piece += 1 }
      let (low, high) = (table[piece - 1], table[piece])
      let part = (each - low.requests) / (high.requests - low.requests)
      let speed = (low.speed + part * (high.speed - low.speed)) * Double(servers)
      return UInt64(max(1, speed * Double(VirtualClock.fullSpeed)))
    }
  }
}
