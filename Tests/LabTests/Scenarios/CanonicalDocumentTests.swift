import Testing
import WeirFormats

@testable import WeirLab

@Suite struct CanonicalDocumentTests {
  @Test("the canonical document reads as itself")
  func fixpoint() throws {
    let canonical = try TinyScenario.file().canonical
    let again = try TinyScenario.file(JSONWriter.pretty(canonical)).canonical
    #expect(JSONWriter.pretty(again) == JSONWriter.pretty(canonical))
  }

  @Test("defaults are written out")
  func defaults() throws {
    let canonical = try TinyScenario.file().canonical
    #expect(canonical["initial"]?.text == "stationary")
    #expect(canonical["signals"]?["every"]?.text == "1s")
    let layer = canonical["policies"]?.elements?[0]["layers"]?.elements?[0]
    #expect(layer?["countsRefused"] == false)
    #expect(canonical["extends"] == nil)
  }

  @Test("the order of members makes no difference")
  func order() throws {
    let turned = try Self.turned()
    #expect(
      JSONWriter.pretty(try TinyScenario.file(turned).canonical)
        == JSONWriter.pretty(try TinyScenario.file().canonical))
  }

  /// The tiny scenario with the members of all objects in the opposite order.
  static func turned() throws -> String {
    let node = try #require(
      JSONNode.parse(SourceFile(name: "tiny.json", text: TinyScenario.text)).node)
    let turned = JSONWriter.pretty(Self.turned(node, keeping: "plans"))
    #expect(turned != JSONWriter.pretty(node))
    return turned
  }

  /// The document with the members of all objects in the opposite order, but for a map's keys.
  private static func turned(_ node: JSONNode, keeping map: String) -> JSONNode {
    switch node.value {
    case .list(let elements): return .list(elements.map { turned($0, keeping: map) })
    case .object(let members):
      return JSONNode(
        .object(
          members.reversed().map { member in
            JSONMember(
              member.name,
              member.name == map ? member.value : turned(member.value, keeping: map))
          }))
    default: return node
    }
  }
}
