import Testing
import WeirFormats

@testable import WeirLab

@Suite struct SweptRangeTests {
  private func range<Range: Declared>(_ text: String, as type: Range.Type) throws -> Range {
    let node = try #require(JSONNode.parse(SourceFile(name: "range", text: text)).node)
    let reading = Range.read(from: node)
    try #require(reading.issues.isEmpty, "\(reading.issues)")
    return reading.value
  }

  @Test("both ends are as written, and ratios are equal between them")
  func logarithmic() throws {
    let decades = try range(#"{"from": 0.001, "to": 1000, "count": 7}"#, as: LogarithmicRange.self)
    #expect(decades.nodes == [0.001, 0.01, 0.1, 1, 10, 100, 1000])
    let ends = try range(
      #"{"from": 1.23456789, "to": 4000000.5, "count": 2}"#, as: LogarithmicRange.self)
    #expect(ends.nodes == [1.23456789, 4000000.5])
    let down = try range(#"{"from": 8, "to": 1, "count": 4}"#, as: LogarithmicRange.self)
    #expect(down.nodes == [8, 4, 2, 1])
  }

  @Test("sampled values have six significant digits")
  func digits() throws {
    let linear = try range(#"{"from": 0, "to": 3}"#, as: SampledRange.self)
    #expect(linear.node(at: 1.0 / 9) == 0.333333)
    let small = try range(#"{"from": 0.0001, "to": 0.0004}"#, as: SampledRange.self)
    #expect(small.node(at: 1.0 / 9) == 0.000133333)
    let large = try range(#"{"from": 0, "to": 300000000}"#, as: SampledRange.self)
    #expect(large.node(at: 1.0 / 9) == 33_333_333)
  }

  @Test("whole numbers have cells of equal width, in both directions")
  func whole() throws {
    let up = try range(#"{"from": 1, "to": 4, "whole": true}"#, as: SampledRange.self)
    #expect([0, 0.24, 0.26, 0.49, 0.51, 0.99].map { up.node(at: $0) } == [1, 1, 2, 2, 3, 4])
    let down = try range(#"{"from": 1, "to": -2, "whole": true}"#, as: SampledRange.self)
    #expect([0, 0.24, 0.26, 0.49, 0.51, 0.99].map { down.node(at: $0) } == [1, 1, 0, 0, -1, -2])
  }
}
