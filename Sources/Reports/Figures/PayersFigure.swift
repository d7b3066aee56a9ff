import WeirFormats
import WeirLab
import WeirSimulation

/// Where each policy's served demand came from: the waterfall as bars.
extension Figures {
  /// Of all measured intents: the served by who paid their units, then what became of the rest.
  func payers() -> Figure {
    let products = productsWithPopulations
    return Figure(
      chart: payersChart(products).chart(),
      caption: "Means over the replications. Served intents are divided among the layers by the"
        + " units that each of them paid"
        + (products.isEmpty ? "." : ", for each product by itself, as their units do not add up.")
        + (policies.contains { values(.unreached, $0).contains { $0 ?? 0 > 0 } }
          ? " What broken-off sessions never came to ask for is not in it." : ""))
  }

  /// One product with the populations that ask for it.
  struct ProductDemand {
    let name: String
    let populations: [Int]
  }

  /// The products, when there are several and each population asks for one of them; otherwise none.
  var productsWithPopulations: [ProductDemand] {
    let asked = facts.list("populations").reduce(into: [(String, String)]()) { pairs, node in
      guard let name = node["name"]?.text else { return }
      pairs.append((name, node["workload"]?["product"]?.text ?? ""))
    }
    let names = facts.products.filter { product in
      results.layers.contains { $0.paidByProduct.contains { $0.product == product } }
    }
    guard names.count > 1, asked.allSatisfy({ names.contains($0.1) }) else { return [] }
    return names.map { name in
      let own = results.populations.indices.filter { place in
        asked.contains { $0.0 == results.populations[place].name && $0.1 == name }
      }
      return ProductDemand(name: name, populations: own)
    }.filter { !$0.populations.isEmpty }
  }

  /// The bars, each of which adds up to 100 %: one for each policy, and for each of `products`.
  func payersChart(_ products: [ProductDemand] = []) -> StackedBarChart {
    let paying = payingLayers()
    let demands = products.isEmpty ? [nil] : products.map { Optional($0) }
    let rows = demands.flatMap { demand in
      ordered.map { policy in
        (
          name: facts.policies[policy] + (demand.map { ", \($0.name)" } ?? ""),
          shares: shares(of: policy, demand, paying)
        )
      }
    }
    let names =
      paying.map { "paid by \($0)" }
      + [
        "served, no layer pays", "served beyond what was paid", "refused for good",
        "left the queue", "failed", "still open at the end",
      ]
    // What no digit would show is too thin to be seen.
    let shown = names.indices.filter { part in rows.contains { $0.shares[part] >= 0.05 } }
    let lost = names.count - 4
    let parts = shown.map { part in
      let isLost = part >= lost
      return StackedBarChart.Part(
        name: names[part], fill: isLost ? .hatched(part - lost) : .colour(part))
    }
    let bars = rows.map { row in
      StackedBarChart.Bar(name: row.name, sizes: shown.map { row.shares[$0] })
    }
    let sentences = bars.map { bar in
      let words = zip(parts, bar.sizes).filter { $0.1 > 0 }.map { part, size in
        "\(part.name) \(NumberText.fixed(size, digits: 1)) %"
      }
      return "\(bar.name): \(words.isEmpty ? "nothing was asked" : words.joined(separator: ", "))."
    }
    return StackedBarChart(
      id: "payers", title: "Where served demand came from, and what became of the rest",
      description: sentences.joined(separator: " "),
      axisTitle: products.isEmpty ? "% of measured intents" : "% of the product's measured intents",
      parts: parts, bars: bars)
  }

  /// The layers that pay, in the order in which the policies name them.
  private func payingLayers() -> [String] {
    var names: [String] = []
    for layer in results.layers where layer.role == "allowance" || layer.role == "fund" {
      if !names.contains(layer.name) { names.append(layer.name) }
    }
    return names
  }

  /// A metric in each replication, of all accounts or of those that ask for a product.
  private func counts(_ metric: Metric, _ policy: Int, _ demand: ProductDemand?) -> [Double?] {
    guard let demand else { return values(metric, policy) }
    return demand.populations.reduce(Array(repeating: 0, count: facts.replications)) { sum, place in
      let own = results.populations[place].metrics.values(of: metric, policy: policy, point: point)
      return zip(sum, own).map { ($0 ?? 0) + ($1 ?? 0) }
    }
  }

  /// What a layer paid in each replication, in all or for a product.
  private func units(
    of layer: String, _ policy: Int, _ demand: ProductDemand?
  ) -> [Double?]? {
    let own = results.layers.first {
      $0.policy == policy && $0.point == point && $0.name == layer
    }
    guard let demand else { return own?.paid }
    return own?.paidByProduct.first { $0.product == demand.name }?.units
  }

  /// The parts of a bar, in per cent: the layers, then the six other ends.
  private func shares(
    of policy: Int, _ demand: ProductDemand?, _ paying: [String]
  ) -> [Double] {
    let paid = paying.map { units(of: $0, policy, demand) }
    let overrun = counts(.overrun, policy, demand)
    let intents = counts(.intents, policy, demand)
    let ends: [[Double?]] = [
      .completed, .deniedForGood, .abandoned, .failed, .inFlight,
    ].map { counts($0, policy, demand) }
    var parts = [Moments](repeating: Moments(), count: paying.count + 6)
    for replication in 0..<facts.replications {
      guard let all = intents[replication], all > 0 else { continue }
      func share(_ value: Double?) -> Double { (value ?? 0) / all * 100 }
      let served = share(ends[0][replication])
      let units = paid.map { $0?[replication] ?? 0 }
      let beyond = overrun[replication] ?? 0
      let used = units.reduce(0, +) + beyond
      for (place, amount) in units.enumerated() {
        parts[place].add(used > 0 ? served * amount / used : 0)
      }
      parts[paying.count].add(used > 0 ? 0 : served)
      parts[paying.count + 1].add(used > 0 ? served * beyond / used : 0)
      for (place, values) in ends.dropFirst().enumerated() {
        parts[paying.count + 2 + place].add(share(values[replication]))
      }
    }
    return parts.map(\.mean)
  }
}
