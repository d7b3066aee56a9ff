import Foundation
import Testing
import WeirFormats
import WeirLab

/// Plans, products and operations that layers name, wherever they do.
@Suite struct LayerNameTests {
  private static let window =
    #"{"type": "fixedWindow", "name": "window", "limit": 5, "per": "20s"}"#

  /// The issues of the tiny scenario when its first policy has this layer instead.
  private func found(_ layer: String) -> [ScenarioIssue] {
    let layers = "\"layers\": [ \(Self.window) ]"
    return issues(["tiny.json": tiny(layers, by: "\"layers\": [ \(layer) ]")])
  }

  @Test(
    "a plan that a layer names and nobody knows is an error, with the nearest one",
    arguments: [
      (#"{"type": "fixedWindow", "limit": {"free": 2, "plsu": 5}, "per": "1m"}"#, "/limit/plsu"),
      (
        #"{"type": "allOf", "limits": [{"type": "slidingLog", "limit": {"plsu": 5}, "per": "1m"}]}"#,
        "/limits/0/limit/plsu"
      ),
      (
        #"{"type": "tokenBucket", "capacity": 5, "refill": {"plsu": 5}, "per": "1m"}"#,
        "/refill/plsu"
      ),
      (#"{"type": "gcra", "rate": 5, "burst": {"plsu": 5}, "per": "1m"}"#, "/burst/plsu"),
      (#"{"type": "concurrency", "limit": {"plsu": 5}}"#, "/limit/plsu"),
      (
        #"{"type": "postPaid", "limit": {"type": "fixedWindow", "limit": {"plsu": 5}, "per": "1m"}}"#,
        "/limit/limit/plsu"
      ),
      (
        #"{"type": "promotion", "units": 5, "until": "1m", "plans": ["free", "plsu"]}"#, "/plans/1"
      ),
    ])
  func plans(_ layer: String, _ place: String) {
    let issues = found(layer)
    #expect(issues.map(\.pointer.description) == ["/policies/0/layers/0" + place])
    #expect(issues.first?.suggestion == "plus")
    #expect(issues.first?.position?.file.name == "tiny.json")
  }

  @Test("a model that a price list names and nobody asks for is an error, with the nearest one")
  func models() {
    let issues = found(#"{"type": "credits", "price": {"requests": {"defualt": 1}}}"#)
    #expect(
      issues.map(\.pointer.description) == ["/policies/0/layers/0/price/requests/defualt"])
    #expect(issues.first?.suggestion == "default")
  }

  @Test(
    "a product that a layer names and nobody knows is an error, with the nearest one",
    arguments: [
      (
        #"{"type": "fixedWindow", "limit": 2, "per": "1m", "products": ["request"]}"#, "/products/0"
      ),
      (#"{"type": "credits", "price": {"request": 1}}"#, "/price/request"),
    ])
  func products(_ layer: String, _ place: String) {
    let issues = found(layer)
    #expect(issues.map(\.pointer.description) == ["/policies/0/layers/0" + place])
    #expect(issues.first?.suggestion == "requests")
  }

  @Test(
    "an operation that a layer names and no workload has is an error, with the nearest one",
    arguments: [
      (#"{"type": "credits", "price": 1, "operations": {"opnLoop": 2}}"#, "/operations/opnLoop"),
      (
        #"{"type": "levelShedding", "levels": [{"operations": ["openLoop"]}, {"operations": ["opnLoop"]}]}"#,
        "/levels/1/operations/0"
      ),
    ])
  func operations(_ layer: String, _ place: String) {
    let issues = found(layer)
    #expect(issues.map(\.pointer.description) == ["/policies/0/layers/0" + place])
    #expect(issues.first?.suggestion == "openLoop")
    #expect(issues.first?.position?.file.name == "tiny.json")
    #expect(found(layer.replacingOccurrences(of: "opnLoop", with: "openLoop")).isEmpty)
  }

  @Test("what takes a layer's place later is looked at too")
  func changes() {
    let changed = """
      "changes": [
        {
          "at": "10s", "layer": "window",
          "to": {"type": "fixedWindow", "limit": {"plsu": 5}, "per": "20s"}
        }
      ], "layers": [ \(Self.window) ]
      """
    let issues = issues(["tiny.json": tiny("\"layers\": [ \(Self.window) ]", by: changed)])
    #expect(
      issues.map(\.pointer.description) == ["/policies/0/changes/0/to/limit/plsu"])
  }

  @Test(
    "a product of a downgrade must be known, and served",
    arguments: [
      (#"{"product": "request", "to": "small"}"#, "/product", "requests"),
      (#"{"product": "requests", "to": "smal"}"#, "/to", "small"),
      (#"{"product": "requests", "to": "small"}"#, "/to", nil),
    ] as [(String, String, String?)])
  func downgrades(_ entry: String, _ place: String, _ nearest: String?) {
    let name = #""name": "hard-stop","#
    let text = tiny(name, by: name + #" "downgrades": [\#(entry)],"#)
      .replacingOccurrences(
        of: #""horizon""#, with: #""products": {"requests": {}, "small": {}}, "horizon""#
      )
      .replacingOccurrences(of: #""servers": 3"#, with: #""servers": 3, "serves": ["requests"]"#)
    let issues = issues(["tiny.json": text])
    #expect(issues.map(\.pointer.description) == ["/policies/0/downgrades/0" + place])
    #expect(issues.first?.suggestion == nearest)
  }

  @Test("names that are known are no error")
  func known() {
    let layer = """
      {"type": "fixedWindow", "limit": {"free": 2}, "per": "1m", "products": ["requests"]}
      """
    #expect(found(layer).isEmpty)
  }
}
