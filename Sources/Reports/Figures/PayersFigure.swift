import WeirFormats
import WeirLab
import WeirSimulation

/// Where each policy's served demand came from: the waterfall as bars.
extension Figures {
  /// Of all measured intents: the served by who paid their units, then what became of the rest.
  func payers() -> Figure {
    Figure(
      chart: payersChart().chart(),
      caption: "Means over the replications. Served intents are divided among the layers by the"
        + " units that each of them paid.")
  }

  /// The bars, each of which adds up to 100 %.
  func payersChart() -> StackedBarChart {
    let paying = payingLayers()
    let rows = ordered.map { (policy: $0, shares: shares(of: $0, paying)) }
    let names =
      paying.map { "paid by \($0)" }
      + [
        "served, no layer pays", "served beyond what was paid", "refused for good",
        "left the queue", "failed", "still open at the end",
      ]
    let shown = names.indices.filter { part in rows.contains { $0.shares[part] > 0 } }
    let lost = names.count - 4
    let parts = shown.map { part in
      let isLost = part >= lost
      return StackedBarChart.Part(
        name: names[part], fill: isLost ? .hatched(part - lost) : .colour(part))
    }
    let bars = rows.map { row in
      StackedBarChart.Bar(
        name: facts.policies[row.policy], sizes: shown.map { row.shares[$0] })
    }
    let sentences = bars.map { bar in
      let words = zip(parts, bar.sizes).filter { $0.1 > 0 }.map { part, size in
        "\(part.name) \(NumberText.fixed(size, digits: 1)) %"
      }
      return "\(bar.name): \(words.isEmpty ? "nothing was asked" : words.joined(separator: ", "))."
    }
    return StackedBarChart(
      id: "payers", title: "Where served demand came from, and what became of the rest",
      description: sentences.joined(separator: " "), axisTitle: "% of measured intents",
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

  /// The parts of a policy's bar, in per cent: the layers, then the six other ends.
  private func shares(of policy: Int, _ paying: [String]) -> [Double] {
    let own = results.layers.filter { $0.policy == policy && $0.point == point }
    let paid = paying.map { name in own.first { $0.name == name }?.paid }
    let overrun = values(.overrun, policy)
    let intents = values(.intents, policy)
    let ends: [[Double?]] = [
      .completed, .deniedForGood, .abandoned, .failed, .inFlight,
    ].map { values($0, policy) }
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
