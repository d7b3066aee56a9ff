import Testing
import WeirAccess
import WeirFormats

@testable import WeirSimulation

@Suite struct MeterTests {
  struct Products: Declared {
    let product: Product
    init(_ fields: Fields) {
      product = fields.required("product", .object(Product.self), "It.")
    }
  }

  static func reading(_ json: String) throws -> Reading<Products> {
    let text = "{\"product\": \(json)}"
    let node = try #require(JSONNode.parse(SourceFile(name: "test.json", text: text)).node)
    return Products.read(from: node)
  }

  static var demand: Demand {
    var demand = Demand()
    demand.units = 3
    demand.input = 1000
    demand.cachedInput = 2000
    demand.output = 10
    demand.milliseconds = 2500
    return demand
  }

  @Test("a meter sums the parts of a request, rounded once, half up")
  func sum() throws {
    let reading = try Self.reading(
      #"{"meter": {"request": 0.5, "input": 1, "cachedInput": 0.1, "output": 6, "second": 2}}"#)
    #expect(reading.issues.isEmpty)
    let meter = reading.value.product.meter(of: "any")
    // 0.5 + 1000 + 200 + 60 + 5.
    #expect(meter.actual(Self.demand).count == 1266)
    var mean = MeanDemand()
    mean.requests = 2
    mean.cachedInput = 15
    #expect(meter.mean(of: mean) == 2.5)
  }

  @Test("a factor of an operation multiplies the sum before it is rounded")
  func factor() throws {
    let json = #"{"meter": {"second": 0.5, "operations": {"1024p": 1.7, "free": 0}}}"#
    let product = try Self.reading(json).value.product
    #expect(product.pricedOperations == ["1024p", "free"])
    #expect(product.meter(of: "720p").actual(Self.demand).count == 1)
    // 2.5 s · 0.5 · 1.7 = 2.125.
    #expect(product.meter(of: "1024p").actual(Self.demand).count == 2)
    var longer = Self.demand
    longer.milliseconds = 2942
    #expect(product.meter(of: "1024p").actual(longer).count == 3)
    #expect(product.meter(of: "free").actual(longer).count == 0)
  }

  @Test(
    "counts and weights as large as they may be cost what exact arithmetic says, up to the most",
    arguments: [
      // Python: (123456789 * 10**11 + 5 * 10**8) // 10**9, and so on.
      (#"{"input": 0.123456789}"#, 100_000_000_000, 12_345_678_900),
      (#"{"input": 0.123456789}"#, 99_999_999_999, 12_345_678_900),
      (#"{"input": 0.123456789}"#, 999_999_999_996, 123_456_789_000),
      (#"{"input": 0.999999999, "output": 1000000000}"#, 900_000_000_000, 899_999_999_100),
      (#"{"input": 1000000000}"#, 1000, 1_000_000_000_000),
      (#"{"input": 1000000000}"#, 1001, 1_000_000_000_000),
      (#"{"input": 1000000000}"#, 1_000_000_000_000, 1_000_000_000_000),
      (#"{"input": 1000000000, "cachedInput": 0.000000001}"#, 999_999_999_999, 1_000_000_000_000),
    ] as [(String, Int64, Int64)])
  func large(_ meter: String, _ count: Int64, _ cost: Int64) throws {
    let reading = try Self.reading(#"{"meter": \#(meter)}"#)
    #expect(reading.issues.isEmpty)
    var demand = Demand()
    demand.input = count
    #expect(reading.value.product.meter(of: "any").actual(demand).count == cost)
    demand.cachedInput = count
    demand.output = 0
    demand.milliseconds = Int64.max
    #expect(reading.value.product.meter(of: "any").actual(demand).count >= cost)
  }

  @Test("without a meter a product counts the units that its workload states")
  func standard() throws {
    let product = try Self.reading("{}").value.product
    #expect(product.meter(of: "any").actual(Self.demand).count == 3)
  }

  @Test("weights that need too fine a unit are refused, of an operation too")
  func tooFine() throws {
    for (json, place) in [
      (#"{"meter": {"input": 1e-10}}"#, "/product/meter"),
      (
        #"{"meter": {"second": 1e-5, "operations": {"hd": 0.0001}}}"#,
        "/product/meter/operations/hd"
      ),
      (#"{"meter": {"operations": {"hd": -1}}}"#, "/product/meter/operations/hd"),
    ] {
      #expect(try Self.reading(json).issues.map(\.pointer.description) == [place])
    }
  }

  @Test("only operations of workloads that ask for the product can be priced apart")
  func known() throws {
    let text = """
      {
        "horizon": "1h", "products": {"sora": {"meter": {"second": 1, "operations": {"1042p": 2}}}},
        "populations": [{"name": "a", "accounts": 1, "workload": {"type": "sora"}}],
        "fleet": [{"name": "b", "servers": 1}]
      }
      """
    let node = try #require(JSONNode.parse(SourceFile(name: "test.json", text: text)).node)
    let issues = TestScenario.read(from: node).issues
    #expect(issues.map(\.pointer.description) == ["/products/sora/meter/operations/1042p"])
    #expect(issues.first?.suggestion == "\"1024p\"" || issues.first?.suggestion == "1024p")
  }
}
