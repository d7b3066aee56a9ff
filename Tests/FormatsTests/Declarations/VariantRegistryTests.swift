import Testing
import WeirFormats

private struct Holder: Declared {
  let layer: any SampleLayer

  init(_ fields: Fields) {
    let layers = fields.registry(sampleLayers)
    layer = fields.required("layer", .variant(layers, tag: "kind"), "The layer.")
  }
}

@Suite struct VariantRegistryTests {
  @Test("the tag chooses, whatever it is called")
  func tag() {
    let reading = Holder.read(from: ["layer": ["limit": 3, "kind": "fixed"]])
    #expect(reading.issues == [])
    #expect(reading.value.layer.story == "fixed 3")
    let wrong = Holder.read(from: ["layer": ["limit": 3, "type": "fixed"]])
    #expect(wrong.issues.map { String(describing: $0.pointer) } == ["/layer/kind"])
  }

  @Test("without its name alone, a text is no variant")
  func nameAlone() {
    let issues = Holder.read(from: ["layer": "fixed"]).issues
    #expect(issues.map(\.problem.name) == ["wrongKind"])
    #expect(
      issues.map { IssueRenderer.message($0) } == [
        "expected a layer: an object whose \"kind\" is one of \"fixed\", \"group\", found \"fixed\""
      ])
  }

  @Test("a registry finds its variants by name, and extensions do not change it")
  func lookup() {
    var extensions = Extensions()
    extensions.add(Variant<any SampleLayer>("new", "") { _ in NamedLayer(story: "new") })
    extensions.add(Variant<Int>("other", "") { _ in 1 })
    let extended = extensions.adding(to: sampleLayers)
    #expect(extended.variants.map(\.name) == ["fixed", "group", "new"])
    #expect(sampleLayers.variants.map(\.name) == ["fixed", "group"])
    #expect(extended["new"]?.name == "new" && sampleLayers["new"] == nil)
    let reading = Holder.read(from: ["layer": ["kind": "new"]], extensions: extensions)
    #expect(reading.issues == [] && reading.value.layer.story == "new")
  }

  @Test("a name can be registered once")
  func twice() async {
    await #expect(processExitsWith: .failure) {
      var registry = VariantRegistry<Int>("number", [Variant("one", "") { _ in 1 }])
      registry.register(Variant("one", "") { _ in 2 })
    }
  }
}
