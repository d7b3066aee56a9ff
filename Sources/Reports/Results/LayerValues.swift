import WeirFormats

/// What one layer of a policy paid and refused at one point, in each replication.
struct LayerValues: Sendable {
  let policy: Int
  let point: Int
  /// Whose requests they were, by the name that stands for them in files.
  var population: String
  /// The name; that of the queue of the fleet is in brackets.
  let name: String
  /// gate, allowance, fund or queue.
  let role: String
  /// The units of completed intents that it paid; none for gates and the queue.
  var paid: [Double?]
  /// The same by product, where there are several; their units do not add up.
  var paidByProduct: [(product: String, units: [Double?])]
  /// The attempts that it refused, by reason.
  var refused: [(reason: String, counts: [Double])]

  /// The attempts that it refused in each replication.
  var refusals: [Double] {
    refused.reduce(Array(repeating: 0, count: paid.count)) { sum, reason in
      zip(sum, reason.counts).map { $0 + $1 }
    }
  }

  /// The sums over populations, called `name`; layers stand in the order of their first appearance.
  static func sums(_ layers: [LayerValues], as name: String) -> [LayerValues] {
    var sums: [LayerValues] = []
    for layer in layers {
      let place = sums.firstIndex {
        $0.policy == layer.policy && $0.point == layer.point && $0.name == layer.name
      }
      if let place {
        sums[place].add(layer)
      } else {
        sums.append(layer)
        sums[sums.count - 1].population = name
      }
    }
    return sums
  }

  private mutating func add(_ other: LayerValues) {
    func sum(_ one: [Double?], _ two: [Double?]) -> [Double?] {
      zip(one, two).map { one, two in one.flatMap { one in two.map { one + $0 } } }
    }
    paid = sum(paid, other.paid)
    paidByProduct = zip(paidByProduct, other.paidByProduct).map {
      ($0.product, sum($0.units, $1.units))
    }
    refused = zip(refused, other.refused).map { one, two in
      (one.reason, zip(one.counts, two.counts).map { $0 + $1 })
    }
  }

  /// Reads `layers.csv`.
  static func read(
    _ rows: CSVReader, _ facts: ManifestFacts
  ) throws(ScenarioIssue) -> [LayerValues] {
    var rows = rows
    let places = try RunPlaceColumns(rows, facts)
    let population = try rows.column("population")
    let layer = try rows.column("layer")
    let role = try rows.column("role")
    let paid = try rows.column("paid")
    let prefix = "refused_"
    let reasons = rows.header.filter { $0.hasPrefix(prefix) }.compactMap { name in
      rows.columnIfPresent(name)
    }
    let products = facts.products.compactMap { name in
      rows.columnIfPresent("paid_\(name)").map { (name, $0) }
    }
    var layers: [LayerValues] = []
    while try rows.next() {
      guard let place = try places.place(rows) else { continue }
      let (name, whose) = (rows.text(layer), rows.text(population))
      let index =
        layers.firstIndex {
          $0.policy == place.policy && $0.point == place.point && $0.name == name
            && $0.population == whose
        } ?? layers.count
      if index == layers.count {
        layers.append(
          LayerValues(
            policy: place.policy, point: place.point, population: whose, name: name,
            role: rows.text(role),
            paid: Array(repeating: nil, count: facts.replications),
            paidByProduct: products.map {
              ($0.0, Array(repeating: nil, count: facts.replications))
            },
            refused: reasons.map {
              (
                String($0.name.dropFirst(prefix.count)),
                Array(repeating: 0, count: facts.replications)
              )
            }))
      }
      layers[index].paid[place.replication] = try rows.optionalNumber(paid)
      for (number, product) in products.enumerated() {
        layers[index].paidByProduct[number].units[place.replication] =
          try rows.optionalNumber(product.1)
      }
      for (reason, column) in reasons.enumerated() {
        layers[index].refused[reason].counts[place.replication] =
          try rows.optionalNumber(column) ?? 0
      }
    }
    return layers
  }
}
