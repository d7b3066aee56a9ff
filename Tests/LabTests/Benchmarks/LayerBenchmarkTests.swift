import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@testable import WeirLab

@Suite struct LayerBenchmarkTests {
  @Test("every layer of the catalogue has a setting, which is of that layer")
  func settings() throws {
    for variant in Catalogue.layers.variants {
      let layer = try #require(LayerSetting.standard(variant.name), "\(variant.name)")
      #expect(type(of: layer.layer).typeName == variant.name)
    }
  }

  @Test("every layer can be measured", arguments: Catalogue.layers.variants.map(\.name))
  func measured(_ name: String) throws {
    let layer = try #require(LayerSetting.standard(name))
    let cost = LayerBenchmark(accounts: [3, 40], requests: 1500).cost(of: layer, called: name)
    #expect(cost.name == name)
    #expect(cost.times.map(\.accounts) == [3, 40])
    for time in cost.times {
      #expect(time.decision > 0 && time.decision.isFinite)
      #expect(time.admitted > 0 && time.admitted <= 1, "\(time.admitted)")
      #expect(time.settlement > 0)
    }
  }

  @Test("a limit of no more than is asked for refuses what it must")
  func refusals() throws {
    // An account asks for 2.5 units a second on average, and has 2 of them.
    let layer = try #require(LayerSetting.standard("fixedWindow"))
    let cost = LayerBenchmark(accounts: [8], requests: 20_000).cost(of: layer, called: "")
    #expect((0.6...0.95).contains(cost.times[0].admitted), "\(cost.times[0].admitted)")
    let free = LayerBenchmark(accounts: [8], requests: 1000).cost(of: nil, called: "")
    #expect(free.times[0].admitted == 1)
  }

  @Test("a layer of another package is measured when its fields have defaults, else it is named")
  func others() {
    var extensions = Extensions()
    extensions.add(.layer(Plain.self))
    extensions.add(.layer(Asking.self))
    let results = Benchmarks.run(
      ["plain", "asking"], requests: 600, accounts: [5], extensions: extensions)
    #expect(results.layers.map(\.name) == ["(no layer)", "plain"])
    #expect(results.unmeasured == ["asking"])
    #expect(results.operations.isEmpty)
    #expect(Benchmarks.layerNames(extensions: extensions).suffix(2) == ["plain", "asking"])
  }

  @Test("the kernel is measured too")
  func kernel() {
    let costs = KernelBenchmark.costs(operations: 50, pending: [10, 1000])
    #expect(costs.count == 7)
    #expect(costs.allSatisfy { $0.nanoseconds > 0 && $0.nanoseconds.isFinite })
  }

  /// A gate without fields.
  private struct Plain: Layer {
    static let typeName = "plain"
    static let summary = "Lets everything pass."
    var role: Role { .gate }
    init(_ fields: Fields) {}
    func quote(_ cost: Units, of request: Request, at now: SimTime, _ signals: Signals) -> Quote {
      .pays(cost)
    }
    mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}
  }

  /// A gate with a field that has no default.
  private struct Asking: Layer {
    static let typeName = "asking"
    static let summary = "Lets everything pass."
    var role: Role { .gate }
    init(_ fields: Fields) { _ = fields.required("much", .flag, "How much.") }
    func quote(_ cost: Units, of request: Request, at now: SimTime, _ signals: Signals) -> Quote {
      .pays(cost)
    }
    mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}
  }
}
