import Testing
import WeirLab
import WeirSimulation

@testable import WeirReports

@Suite struct FiguresTests {
  static func all(_ figures: Figures) -> [Figure] {
    [figures.payers()] + figures.pareto()
      + [figures.primaryForest(), figures.lorenz()].compactMap { $0 }
      + figures.headingForests() + figures.latencies() + figures.timelines()
      + figures.accountStrips() + [figures.abuse()].compactMap { $0 }
  }

  @Test("every figure of a study has its labels inside and apart, and a name of its own")
  func labels() throws {
    let figures = Self.all(Figures(try SampleResults.shared()))
    for figure in figures {
      DrawnTexts.check(figure.chart, figure.chart.id)
      #expect(!figure.chart.description.isEmpty, "\(figure.chart.id)")
    }
    #expect(Set(figures.map(\.chart.id)).count == figures.count)
    #expect(figures.count >= 15)
  }

  @Test("a latency curve says the share that is never served, and not that of its last quantile")
  func neverServed() throws {
    let results = try SampleResults.shared()
    let figures = Figures(results)
    let policy = try #require(results.facts.policies.firstIndex(of: "hard-stop"))
    let served = figures.values(.completed, policy)
    let asked = figures.values(.intents, policy)
    let shares = zip(served, asked).map { 1 - ($0 ?? 0) / ($1 ?? 0) }
    let mean = shares.reduce(0, +) / Double(shares.count) * 100
    let text = try #require(figures.latencies().first).chart.description
    #expect(mean > 1)
    #expect(text.contains("hard-stop: "))
    let tenths = Int((mean * 10).rounded())
    #expect(text.contains("\(tenths / 10).\(tenths % 10) % are never served"), "\(mean): \(text)")
  }

  @Test("an axis of one value at the end of what it can be stays within that")
  func boundedAxis() {
    #expect(Axis.linear("", [0, 0], within: 0...100).domain.lowerBound == 0)
    #expect(Axis.linear("", [100], within: 0...100).domain.upperBound == 100)
    #expect(Axis.linear("", [0]).domain.lowerBound < 0)
  }

  @Test("the bars of where demand came from add up to everything that was asked")
  func payers() throws {
    let chart = Figures(try SampleResults.shared()).payersChart()
    #expect(chart.bars.map(\.name) == ["hard-stop", "open", "waterfall", "adaptive"])
    for bar in chart.bars {
      #expect((bar.sizes.reduce(0, +) - 100).magnitude < 1e-9, "\(bar.name)")
    }
    let names = chart.parts.map(\.name)
    #expect(
      names == [
        "paid by planAllowance", "paid by credits", "served, no layer pays", "refused for good",
      ])
    #expect(chart.bars[2].sizes[1] > 0 && chart.bars[1].sizes[1] == 0)
  }

  @Test("the axis of a sweep is the number in which its points differ")
  func sweepAxis() {
    let numbers = SweepAxis(["/fleet/0/servers=300", "/fleet/0/servers=400.5"])
    #expect(numbers.title == "/fleet/0/servers")
    #expect(numbers.values == [300, 400.5])
    let second = SweepAxis(["a=1,b=2", "a=1,b=4", "a=1,b=3"])
    #expect(second.title == "b")
    #expect(second.values == [2, 4, 3])
    for points in [["a=1,b=2", "a=2,b=3"], ["a=x", "a=y"], ["one", "two"], ["a=1", "b=1"]] {
      let axis = SweepAxis(points)
      #expect(!axis.isNumeric)
      #expect(axis.values == [0, 1])
    }
  }
}
