import Foundation
package import WeirFormats
package import WeirKernel

/// One fixture: what one public project expects of its limiters.
package struct VectorFile {
  package let source: String
  package let groups: [VectorGroup]

  package init(_ name: String) throws {
    let url = Bundle.module.url(
      forResource: name, withExtension: "json", subdirectory: "Fixtures")
    guard let url else { throw MissingFixture(name: name) }
    let file = SourceFile(name: "\(name).json", bytes: [UInt8](try Data(contentsOf: url)))
    guard let node = JSONNode.parse(file).node else { throw MissingFixture(name: name) }
    source = name
    groups = (node["groups"]?.elements ?? []).map(VectorGroup.init)
  }
}

struct MissingFixture: Error {
  let name: String
}

package struct VectorGroup {
  package let algorithm: String
  package let cases: [VectorCase]

  package init(_ node: JSONNode) {
    algorithm = node["algorithm"]?.text ?? ""
    cases = (node["cases"]?.elements ?? []).map(VectorCase.init)
  }
}

package struct VectorCase {
  package let name: String
  package let algorithm: String
  package let given: VectorFields
  package let totals: VectorFields
  package let steps: [VectorFields]

  package init(_ node: JSONNode) {
    name = node["name"]?.text ?? ""
    algorithm = node["algorithm"]?.text ?? ""
    given = VectorFields(node["given"] ?? [:])
    totals = VectorFields(node["totals"] ?? [:])
    steps = (node["steps"]?.elements ?? []).map(VectorFields.init)
  }
}

/// The members of an object; it knows which of them nobody has looked at.
package final class VectorFields {
  package let node: JSONNode
  package private(set) var unread: Set<String>

  package init(_ node: JSONNode) {
    self.node = node
    unread = Set((node.members ?? []).map(\.name))
  }

  package func has(_ name: String) -> Bool { node[name] != nil }

  package subscript(_ name: String) -> JSONNode? {
    unread.remove(name)
    return node[name]
  }

  package func text(_ name: String) -> String { self[name]?.text ?? "" }
  package func flag(_ name: String) -> Bool? {
    guard case .flag(let flag) = self[name]?.value else { return nil }
    return flag
  }
  package func number(_ name: String) -> String? {
    guard case .number(let text) = self[name]?.value else { return nil }
    return text
  }
  package func decimal(_ name: String) -> Double? { number(name).flatMap { Double($0) } }
  package func integer(_ name: String) -> Int64? { number(name).flatMap { Int64($0) } }
  /// A decimal as a whole number of 10^-`places`.
  package func scaled(_ name: String, _ places: Int) -> Int64? {
    number(name).flatMap { DecimalText($0)?.scaled(by: places) }
  }
  package func ratio(_ name: String) -> Ratio? { number(name).flatMap { Ratio(decimal: $0) } }
  package func double(_ name: String) -> Double? { number(name).flatMap { Double($0) } }
  package func units(_ name: String) -> Int64 { integer(name) ?? 0 }
  package func objects(_ name: String) -> [VectorFields] {
    (self[name]?.elements ?? []).map(VectorFields.init)
  }
  package func integers(_ name: String) -> [Int64] { (self[name] ?? []).integers }
  package func time(_ name: String) -> Int64 { integer(name) ?? 0 }
}

extension JSONNode {
  package var integer: Int64? {
    guard case .number(let text) = value else { return nil }
    return Int64(text)
  }
  package var integers: [Int64] { (elements ?? []).compactMap(\.integer) }
}
