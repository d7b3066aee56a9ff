import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct CatalogueTests {
  struct Policy: Declared {
    let layers: [NamedLayer]
    init(_ fields: Fields) {
      layers = fields.required(
        "layers", .list(of: .variant(fields.registry(Catalogue.layers))), "The layers.")
    }
  }

  private func read(_ text: String, _ extensions: Extensions = Extensions()) -> Reading<Policy> {
    let node = JSONNode.parse(SourceFile(name: "policy.json", text: text)).node ?? [:]
    return Policy.read(from: node, extensions: extensions)
  }

  @Test("every layer names, sums up and documents itself in one line each")
  func names() {
    let names = Catalogue.layers.variants.map(\.name)
    #expect(Set(names).count == names.count)
    let reference = Reference.markdown(Catalogue.layers)
    for variant in Catalogue.layers.variants {
      #expect((20...100).contains(variant.help.count) && variant.help.hasSuffix("."))
      #expect(reference.contains(variant.name) && reference.contains(variant.help))
    }
  }

  @Test("every detector names, sums up and documents itself in one line each")
  func detectorNames() {
    let names = Catalogue.detectors.variants.map(\.name)
    #expect(Set(names).count == names.count)
    let reference = Reference.markdown(Catalogue.layers)
    for variant in Catalogue.detectors.variants {
      #expect((20...100).contains(variant.help.count) && variant.help.hasSuffix("."))
      #expect(reference.contains(variant.name) && reference.contains(variant.help))
    }
  }

  @Test("a layer that another package adds is read as a layer and as a member of allOf")
  func extensions() {
    var extensions = Extensions()
    extensions.add(.layer(BrokenLayer.self))
    let reading = read(
      #"""
      {"layers": [{"type": "broken"}, {"type": "allOf", "name": "both",
        "limits": [{"type": "broken"}, {"type": "gcra", "rate": 1, "per": "1s"}]}]}
      """#, extensions)
    #expect(reading.issues.isEmpty)
    #expect(reading.value.layers.map(\.name) == ["broken", "both"])
    let members = (reading.value.layers[1].layer as? AllOf)?.members ?? []
    #expect(members.count == 2 && members[0] is BrokenLayer)
  }

  @Test("names of plans and products stay reachable with their places")
  func places() {
    let reading = read(
      #"""
      {"layers": [
        {"type": "fixedWindow", "limit": {"free": 5, "plus": 45}, "per": "5h"},
        {"type": "credits", "price": {"codex": 0.5}, "products": ["codex"]}]}
      """#)
    #expect(reading.issues.isEmpty)
    let plans = reading.value.layers[0].layer.fieldNames.plans
    #expect(plans.map(\.value) == ["free", "plus"])
    #expect(plans.last?.pointer.description == "/layers/0/limit/plus")
    #expect(plans.last?.position?.line == 2)
    #expect(reading.value.layers[1].layer.fieldNames.products.map(\.value) == ["codex"])
    #expect(reading.value.layers[1].products?.map(\.value) == ["codex"])
  }

  @Test(
    "what cannot be meant is refused, at its place",
    arguments: [
      (#"{"type": "fixedWindow", "limit": 5}"#, "/layers/0/per"),
      (#"{"type": "fixedWindow", "limit": -5, "per": "1s"}"#, "/layers/0/limit"),
      (#"{"type": "fixedWindow", "limit": {"a": 1.5}, "per": "1s"}"#, "/layers/0/limit/a"),
      (#"{"type": "fixedWindow", "limit": 5, "per": "0s"}"#, "/layers/0/per"),
      (#"{"type": "fixedWindow", "limit": 5, "per": "1s", "as": "fund"}"#, "/layers/0/as"),
      (
        #"{"type": "tokenBucket", "capacity": 1, "refill": {"a": 1}, "per": "1s", "by": "everyone"}"#,
        "/layers/0/refill"
      ),
      (#"{"type": "gcra", "rate": {"a": 1}, "per": "1s", "by": "organisation"}"#, "/layers/0/rate"),
      (#"{"type": "promotion", "units": 1, "from": "2s", "until": "2s"}"#, "/layers/0/until"),
      (
        #"{"type": "grants", "grants": [{"id": "a", "units": 1}, {"id": "a", "units": 2}]}"#,
        "/layers/0/grants/1/id"
      ),
      (
        #"{"type": "grants", "grants": [{"id": "a", "units": 1}], "firstReset": "1s"}"#,
        "/layers/0/firstReset"
      ),
      (
        #"{"type": "grants", "grants": [{"id": "a", "units": 1, "maxRollover": 2}]}"#,
        "/layers/0/grants/0/maxRollover"
      ),
      (
        #"{"type": "grants", "order": ["size"], "grants": [{"id": "a", "units": 1}]}"#,
        "/layers/0/order/0"
      ),
      (#"{"type": "credits", "price": 1, "topUp": {"below": 5}}"#, "/layers/0/topUp"),
      (
        #"{"type": "credits", "price": 1, "topUp": {"below": 5, "upTo": 4}}"#,
        "/layers/0/topUp/upTo"
      ),
      (
        #"{"type": "credits", "price": 1, "topUp": {"below": 5, "amount": 4, "per": "1h"}}"#,
        "/layers/0/topUp"
      ),
      (
        #"{"type": "credits", "price": 1, "spendCap": {"credits": 4, "per": "0s"}}"#,
        "/layers/0/spendCap/per"
      ),
      (#"{"type": "credits", "price": 1, "overdraft": {}}"#, "/layers/0/overdraft/credits"),
      (
        #"{"type": "credits", "price": 1, "congestion": {"steps": [{"from": 0.5, "factor": 2}, {"from": 0.4, "factor": 3}]}}"#,
        "/layers/0/congestion/steps/1/from"
      ),
      (#"{"type": "credits", "price": "1e-30"}"#, "/layers/0/price"),
      (#"{"type": "credits", "price": 1, "initial": 0.0000001}"#, "/layers/0/initial"),
      (#"{"type": "aimd", "initial": 9, "maximum": 5, "target": "1s"}"#, "/layers/0/initial"),
      (#"{"type": "aimd", "initial": 9, "target": "1s", "factor": 1.5}"#, "/layers/0/factor"),
      (#"{"type": "gradient2", "minimum": 9, "maximum": 5, "initial": 1}"#, "/layers/0/maximum"),
      (#"{"type": "sreThrottle", "factor": 0.5}"#, "/layers/0/factor"),
      (#"{"type": "admissionControl", "successShare": 0}"#, "/layers/0/successShare"),
      (#"{"type": "shares", "limit": 5, "weights": {"free": 0}}"#, "/layers/0/weights"),
      (#"{"type": "levelShedding", "levels": [{}], "restoreBelow": 1}"#, "/layers/0/restoreBelow"),
      (#"{"type": "behaviourLadder", "ladder": ["observ"]}"#, "/layers/0/ladder/0"),
      (#"{"type": "behaviourLadder", "detector": "ewme"}"#, "/layers/0/detector"),
      (
        #"{"type": "behaviourLadder", "detector": {"type": "cusum", "slack": 1}}"#,
        "/layers/0/detector/threshold"
      ),
      (
        #"{"type": "behaviourLadder", "detector": {"type": "anyOf", "detectors": []}}"#,
        "/layers/0/detector/detectors"
      ),
      (
        #"{"type": "spikeDetector", "detector": {"type": "velocity", "above": 1}}"#,
        "/layers/0/detector/type"
      ),
      (
        #"{"type": "spikeDetector", "detector": {"type": "ceiling", "above": {"free": 1}}}"#,
        "/layers/0/detector"
      ),
      (#"{"type": "allOf", "limits": []}"#, "/layers/0/limits"),
    ])
  func refused(_ layer: String, _ pointer: String) {
    let issues = read("{\"layers\": [\(layer)]}").issues
    #expect(issues.map(\.pointer.description) == [pointer])
  }
}
