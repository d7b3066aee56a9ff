import WeirAccess
import WeirFormats
import WeirSimulation

extension RunMeasures {
  /// The measures as a document, each number with all its bits.
  var document: JSONNode {
    .object([
      ("saturated", .flag(isSaturated)),
      ("metrics", Self.document(metrics)),
      ("unlabelled", unlabelled.map(Self.document) ?? .null),
      ("populations", .list(populations.map(Self.document))),
      ("paidShares", .list(paidShares.map(Self.number))),
      ("layers", .list(layers.map(Self.document))),
      ("queueRefusals", .number(queueRefusals)),
      ("busy", .list(load.map { Self.time($0.busy) })),
      ("capacity", .list(load.map { Self.time($0.capacity) })),
    ])
  }

  /// Reads the measures from a document; `nil` when it is not one of them.
  init?(_ document: JSONNode) {
    guard case .flag(let isSaturated)? = document["saturated"]?.value,
      let metrics = document["metrics"].flatMap(Self.row),
      let unlabelled = document["unlabelled"],
      let populations = document["populations"]?.elements,
      let shares = document["paidShares"]?.elements,
      let tallies = document["layers"]?.elements,
      let queueRefusals = document["queueRefusals"].flatMap(Self.count),
      let busy = document["busy"]?.elements?.map(Self.time),
      let capacity = document["capacity"]?.elements?.map(Self.time), busy.count == capacity.count
    else { return nil }
    let rows = populations.compactMap(Self.row)
    let layers = tallies.compactMap(Self.tally)
    let paidShares = shares.map(Self.value)
    let load = zip(busy, capacity).compactMap { busy, capacity in
      busy.flatMap { busy in capacity.map { ServerTime(busy: busy, capacity: $0) } }
    }
    let others = Self.row(unlabelled)
    guard unlabelled == .null || others != nil, rows.count == populations.count,
      layers.count == tallies.count,
      load.count == busy.count,
      zip(shares, paidShares).allSatisfy({ $0 == .null || $1 != nil })
    else { return nil }
    self.init(
      metrics: metrics, unlabelled: others, populations: rows, paidShares: paidShares,
      layers: layers, queueRefusals: queueRefusals, isSaturated: isSaturated, load: load)
  }

  private static func document(_ row: MetricRow) -> JSONNode {
    .object(
      Metric.allCases.compactMap { metric in
        row[metric].map { (metric.name, number($0)) }
      })
  }

  private static func row(_ document: JSONNode) -> MetricRow? {
    guard let members = document.members else { return nil }
    var row = MetricRow()
    for member in members {
      guard let metric = Metric(rawValue: member.name), let value = value(member.value) else {
        return nil
      }
      row[metric] = value
    }
    return row
  }

  private static func document(_ tally: LayerTally) -> JSONNode {
    .object([
      ("paid", .list(tally.paidByProduct.map { .number($0.count) })),
      ("refused", .list(tally.refused.map { .number($0) })),
    ])
  }

  private static func tally(_ document: JSONNode) -> LayerTally? {
    guard let paid = document["paid"]?.elements, let refused = document["refused"]?.elements
    else { return nil }
    var tally = LayerTally()
    tally.paidByProduct = paid.compactMap(count).map { Units($0) }
    tally.refused = refused.compactMap(count)
    guard tally.paidByProduct.count == paid.count, tally.refused.count == refused.count,
      refused.count == Reason.allCases.count
    else { return nil }
    return tally
  }

  /// The shortest text that reads as the same number, the sign of a zero included.
  private static func number(_ value: Double?) -> JSONNode {
    value.map { JSONNode(.number($0.description)) } ?? .null
  }

  private static func count(_ node: JSONNode) -> Int64? {
    guard case .number(let text) = node.value else { return nil }
    return Int64(text)
  }

  private static func time(_ value: Int128) -> JSONNode {
    JSONNode(.number(value.description))
  }

  private static func time(_ node: JSONNode) -> Int128? {
    guard case .number(let text) = node.value else { return nil }
    return Int128(text)
  }

  private static func value(_ node: JSONNode) -> Double? {
    guard case .number(let text) = node.value else { return nil }
    return Double(text)
  }
}
