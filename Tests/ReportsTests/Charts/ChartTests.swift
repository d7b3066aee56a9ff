import Testing

@testable import WeirReports

@Suite struct ChartTests {
  static let names = [
    "hard-stop", "a-policy-with-quite-a-long-name-for-a-chart", "b", "waterfall", "aimd", "日本語の名前",
    "<b>&amp;</b>", "seven", "eight", "nine",
  ]

  static func estimate(_ value: Double, _ half: Double) -> ScatterChart.Estimate {
    ScatterChart.Estimate(value, halfWidth: half)
  }

  static let magnitudes: [Double] = [1e-6, 0.01, 1, 37, 12_345, 9e8]

  @Test(
    "a line chart of any size of numbers has all labels inside and apart", arguments: magnitudes)
  func lines(size: Double) {
    let series = Self.names.enumerated().map { index, name in
      let points = (0..<30).map { (x: Double($0) * size, y: Double(($0 * 7 + index) % 11) * size) }
      return LineChart.Series(
        name, SeriesStyle(index: index), pieces: [points],
        bands: [.vertical(points.map { ($0.x, $0.y - size, $0.y + size) })])
    }
    var chart = LineChart(
      id: "lines", title: "t", description: "d",
      x: .linear("a title of the horizontal axis", [0, 29 * size]),
      y: .linear("a title of the vertical axis", [0, 10 * size]), series: series)
    chart.hasLegend = true
    DrawnTexts.check(chart.chart(), "\(size)")
  }

  @Test("time axes and logarithmic axes have all labels inside and apart")
  func otherAxes() {
    for days in [0.01, 1, 7, 400] {
      let line = [(x: 0.0, y: 0.0001), (x: days * 86_400, y: 1)]
      let chart = LineChart(
        id: "time", title: "t", description: "d", x: .time("time", 0...days * 86_400),
        y: .logarithmic("share", line.map(\.y)) { Figures.percent($0) },
        series: [LineChart.Series("a", SeriesStyle(index: 0), pieces: [line])],
        shaded: 0...days * 10_000)
      DrawnTexts.check(chart.chart(), "\(days) days")
    }
    for slowest in [0.02, 3, 900, 90_000] {
      let chart = LineChart(
        id: "durations", title: "t", description: "d", x: .durations("latency", [0.001, slowest]),
        y: .linear("", [0, 1]),
        series: [
          LineChart.Series("a", SeriesStyle(index: 0), pieces: [[(0.001, 0), (slowest, 1)]])
        ])
      DrawnTexts.check(chart.chart(), "\(slowest) s")
    }
  }

  @Test(
    "a scatter has all labels inside and apart, however close the points", arguments: [0, 1, 5])
  func scatter(spread: Double) {
    let points = Self.names.enumerated().map { index, name in
      ScatterChart.Point(
        name: name, style: SeriesStyle(index: index),
        x: Self.estimate(50 + Double(index) * spread, 1),
        y: Self.estimate(0.9 + Double(index % 3) * spread / 100, 0.01), isDominated: index > 4,
        tip: name)
    }
    let chart = ScatterChart(
      id: "scatter", title: "t", description: "d",
      x: .linear("x", points.flatMap { [$0.x.lower, $0.x.upper] }),
      y: .linear("y", points.flatMap { [$0.y.lower, $0.y.upper] }), points: points)
    DrawnTexts.check(chart.chart(), "\(spread)")
  }

  @Test("rows of intervals have all labels inside and apart", arguments: magnitudes)
  func intervals(size: Double) {
    let rows = Self.names.map { name in
      IntervalChart.Row(
        name: name,
        marks: (0..<2).map { index in
          IntervalChart.Mark(
            style: SeriesStyle(index: index), estimate: Self.estimate(-size, size * 3),
            isDecided: index == 0, tip: name, note: "+27.1 ±1.2 better")
        })
    }
    let chart = IntervalChart(
      id: "forest", title: "t", description: "d",
      x: .linear("difference", [-4 * size, 2 * size]), rows: rows, reference: 0)
    DrawnTexts.check(chart.chart(), "\(size)")
  }

  @Test("bars have all labels inside and apart, and their legend too")
  func bars() {
    let parts = Self.names.enumerated().map { index, name in
      StackedBarChart.Part(name: name, fill: index < 7 ? .colour(index) : .hatched(index - 7))
    }
    let bars = Self.names.map { name in
      StackedBarChart.Bar(name: name, sizes: [30, 0.4, 12, 7, 20, 3, 10, 9, 8, 0.6])
    }
    let chart = StackedBarChart(
      id: "bars", title: "t", description: "d", axisTitle: "% of intents", parts: parts, bars: bars
    ).chart()
    DrawnTexts.check(chart)
    #expect(chart.body.text.contains("30 %"))
    #expect(chart.body.text.contains("&lt;b&gt;&amp;amp;&lt;/b&gt; 10 %"))
  }

  @Test("series are told apart by more than colour")
  func styles() {
    let styles = (0..<16).map { SeriesStyle(index: $0) }
    for (place, style) in styles.enumerated() {
      for other in styles[..<place] {
        #expect(style.className != other.className || style.marker != other.marker)
      }
    }
    #expect(Set(styles[..<8].map(\.marker)).count == 8)
    #expect(PolicyStyles.styles(count: 4, baseline: 2).map(\.index) == [1, 2, 0, 3])
  }

  @Test("a chart says in words what it shows, and as a file it stands alone")
  func words() {
    let chart = Chart(
      id: "x", title: "A <title>", description: "What is & to be seen.", size: (10, 20),
      body: Markup())
    let page = chart.markup().text
    #expect(page.contains("role=\"img\""))
    #expect(page.contains("aria-labelledby=\"x-t x-d\""))
    #expect(page.contains("<title id=\"x-t\">A &lt;title&gt;</title>"))
    #expect(page.contains("<desc id=\"x-d\">What is &amp; to be seen.</desc>"))
    let file = chart.document()
    #expect(file.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(!file.contains("var(--"))
  }
}
