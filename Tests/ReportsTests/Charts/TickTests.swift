import Testing

@testable import WeirReports

@Suite struct TickTests {
  static func labels(_ domain: ClosedRange<Double>, _ count: Int = 5) -> [String] {
    Ticks.linear(covering: domain, atMost: count) { Axis.number($0, decimals: $1) }.map(\.label)
  }

  static let examples: [(ClosedRange<Double>, [String])] = [
    (0...1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (0...100, ["0", "20", "40", "60", "80", "100"]),
    (-3...7, ["\u{2212}4", "\u{2212}2", "0", "2", "4", "6", "8"]),
    (0.7381...0.9023, ["0.70", "0.75", "0.80", "0.85", "0.90", "0.95"]),
    (0...23_500, ["0", "5,000", "10,000", "15,000", "20,000", "25,000"]),
    (0...3e-5, ["0.00000", "0.00001", "0.00002", "0.00003"]),
  ]

  @Test("linear ticks are round, cover the values and have as many decimals", arguments: examples)
  func linear(domain: ClosedRange<Double>, expected: [String]) {
    #expect(Self.labels(domain) == expected)
  }

  @Test("a step is 1, 2 or 5 times a power of ten, and no smaller one would do")
  func steps() {
    var length = 1.03e-7
    while length < 1e12 {
      for count in 1...9 {
        let step = Ticks.step(for: length, atMost: count)
        var leading = step
        while leading < 0.99 { leading *= 10 }
        while leading >= 9.9 { leading /= 10 }
        #expect([1, 2, 5].contains { ($0 - leading).magnitude < 1e-6 }, "\(step)")
        #expect(length / step <= Double(count) * (1 + 1e-9), "\(length) in \(count)")
        #expect(length / step > Double(count) / 2.6, "\(length) in \(count)")
      }
      length *= 1.37
    }
  }

  @Test("ticks begin at or below the least value and end at or above the greatest")
  func covering() {
    for low in [-17.3, -1, 0, 0.04, 3, 999] {
      for length in [0.001, 0.5, 1, 42, 12_345] {
        for count in 1...8 {
          let ticks = Ticks.linear(covering: low...low + length, atMost: count) { _, _ in "" }
          #expect(ticks.count >= 2)
          #expect((ticks.first?.value ?? .infinity) <= low + length * 1e-6)
          #expect((ticks.last?.value ?? 0) >= low + length * (1 - 1e-6))
          #expect(ticks.count <= count + 2)
        }
      }
    }
  }

  @Test("powers of ten stand alone, or with 2 and 5 between where there is room")
  func powers() {
    func labels(_ domain: ClosedRange<Double>, _ count: Int) -> [String] {
      Ticks.powers(covering: domain, atMost: count) { Figures.percent($0) }.map(\.label)
    }
    #expect(labels(0.0001...1, 5) == ["0.01 %", "0.1 %", "1 %", "10 %", "100 %"])
    #expect(labels(0.3...1, 4) == ["10 %", "20 %", "50 %", "100 %"])
    #expect(labels(0.3...1, 2) == ["10 %", "100 %"])
    #expect(labels(0.0001...1, 2) == ["0.01 %", "1 %", "100 %"])
  }

  @Test("clock ticks are round times within the domain")
  func times() {
    func labels(_ domain: ClosedRange<Double>) -> [String] {
      Ticks.times(within: domain, atMost: 8).map(\.label)
    }
    #expect(
      labels(0...86_400) == ["0", "3 h", "6 h", "9 h", "12 h", "15 h", "18 h", "21 h", "24 h"])
    #expect(labels(0...60) == ["0", "10 s", "20 s", "30 s", "40 s", "50 s", "60 s"])
    #expect(labels(0...600) == ["0", "2 min", "4 min", "6 min", "8 min", "10 min"])
    #expect(labels(0...604_800).last == "7 d")
    #expect(labels(0...3e9).count <= 9)
  }

  @Test("durations on a logarithmic axis are steps that people know")
  func durations() {
    let ticks = Ticks.durations(covering: 0.4...5000, atMost: 8)
    #expect(ticks.map(\.label) == ["100 ms", "1 s", "10 s", "1 min", "10 min", "1 h", "10 h"])
    #expect(Ticks.durations(covering: 0.4...5000, atMost: 3).count <= 4)
  }

  @Test("a horizontal axis has no more labels than fit side by side")
  func room() {
    let axis = Axis.linear("x", [0, 1_000_000])
    for width in stride(from: 60.0, through: 600, by: 20) {
      let ticks = axis.ticks(inWidth: width, size: 12)
      let widest = ticks.map { TextWidth.of($0.label, size: 12) }.max() ?? 0
      #expect(ticks.count <= 2 || widest < width / Double(ticks.count - 1), "\(width)")
    }
  }
}
