import Testing
import WeirFormats

@testable import WeirReports

@Suite struct PayersFigureTests {
  /// Two populations that ask for two products, whose units differ by a factor of a thousand.
  static let scenario = #"""
    {
      "name": "two", "seed": "7", "horizon": "120s", "replications": 2,
      "products": { "codex": {"meter": {"request": 1000}}, "sora": {"meter": {"request": 1}} },
      "populations": [
        {
          "name": "coders", "accounts": 3,
          "workload": {
            "type": "openLoop", "product": "codex", "service": "1s",
            "interarrival": {"type": "exponential", "mean": "4s"}
          }
        },
        {
          "name": "studio", "accounts": 2,
          "workload": {
            "type": "openLoop", "product": "sora", "service": "1s",
            "interarrival": {"type": "exponential", "mean": "4s"}
          }
        }
      ],
      "fleet": [ {"name": "servers", "servers": 20} ],
      "policies": [
        {
          "name": "windows",
          "layers": [
            {
              "type": "fixedWindow", "name": "for-codex", "products": ["codex"], "limit": "1M",
              "per": "1h"
            },
            {
              "type": "fixedWindow", "name": "for-sora", "products": ["sora"], "limit": "1M",
              "per": "1h"
            }
          ]
        }
      ]
    }
    """#

  @Test("each product has a bar of its own, as units of two products do not add up")
  func products() throws {
    let figures = Figures(try SampleResults(Self.scenario).read())
    let products = figures.productsWithPopulations
    #expect(products.map(\.name) == ["codex", "sora"])
    #expect(products.map(\.populations) == [[0], [1]])
    let chart = figures.payersChart(products)
    #expect(chart.bars.map(\.name) == ["windows, codex", "windows, sora"])
    #expect(chart.parts.prefix(2).map(\.name) == ["paid by for-codex", "paid by for-sora"])
    // All that is served of a product is paid by the window of that product alone.
    #expect(chart.bars[0].sizes[0] > 90 && chart.bars[0].sizes[1] == 0)
    #expect(chart.bars[1].sizes[0] == 0 && chart.bars[1].sizes[1] > 90)
    for bar in chart.bars { #expect((bar.sizes.reduce(0, +) - 100).magnitude < 1e-9) }
  }

  @Test("the columns by product add up to what a layer paid; one product has none")
  func columns() throws {
    let layers = try SampleResults(Self.scenario).read().layers
    let paying = layers.filter { $0.role == "allowance" }
    #expect(paying.count == 2)
    for layer in paying {
      let sums = layer.paidByProduct.map(\.units).reduce([0.0, 0.0]) { sum, units in
        zip(sum, units).map { $0 + ($1 ?? 0) }
      }
      #expect(sums.map { Optional($0) } == layer.paid)
    }
    let figures = Figures(try SampleResults.shared())
    #expect(figures.productsWithPopulations.isEmpty)
    #expect(figures.results.layers.allSatisfy { $0.paidByProduct.isEmpty })
  }
}
