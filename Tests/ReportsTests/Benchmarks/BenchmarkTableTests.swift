import Testing
import WeirFormats

@testable import WeirLab
@testable import WeirReports

@Suite struct BenchmarkTableTests {
  private static let results = BenchmarkResults(
    accounts: [1000, 1_000_000],
    layers: [
      LayerCost(
        name: "gcra",
        times: [
          .init(accounts: 1000, decision: 56.4, settlement: 31.5, admitted: 0.805),
          .init(accounts: 1_000_000, decision: 285, settlement: 9, admitted: 1),
        ], bytesPerAccount: 16.04),
      LayerCost(
        name: "dagor",
        times: [
          .init(accounts: 1000, decision: 97.5, settlement: 46, admitted: 1),
          .init(accounts: 1_000_000, decision: 96, settlement: 46, admitted: 1),
        ], bytesPerAccount: nil),
    ],
    operations: [OperationCost(name: "sample, uniform", nanoseconds: 33.26)],
    unmeasured: ["mine"])

  @Test("figures stand in aligned columns, with their units")
  func table() {
    let expected = """
      layer         decision  settlement  admitted         decision  settlement
             ns, 1k accounts          ns         %  ns, 1M accounts          ns
      gcra                56          32        81              285           9
      dagor               98          46       100               96          46

             admitted         memory
                    %  bytes/account
      gcra        100             16
      dagor       100              -

      kernel           time
                         ns
      sample, uniform  33.3

      note: mine has fields without a default, and is not measured

      """
    #expect(BenchmarkTable.text(Self.results, TextStyle(width: 80)) == expected)
  }

  @Test("figures are one document")
  func document() throws {
    let node = BenchmarkTable.document(Self.results, isOptimised: true)
    #expect(node["optimised"] == .flag(true))
    let layers = try #require(node["layers"]?.elements)
    #expect(layers.map { $0["name"]?.text } == ["gcra", "dagor"])
    #expect(layers[0]["times"]?.elements?[0]["decisionNanoseconds"]?.magnitude == 56.4)
    #expect(layers[0]["bytesPerAccount"]?.magnitude == 16.04)
    #expect(layers[1]["bytesPerAccount"] == .null)
    #expect(node["kernel"]?.elements?[0]["nanoseconds"]?.magnitude == 33.26)
    #expect(node["unmeasured"]?.elements?.map(\.text) == ["mine"])
  }
}
