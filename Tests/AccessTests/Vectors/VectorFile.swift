import Foundation
import WeirFormats
import WeirKernel

/// One fixture: what one public project expects of its limiters.
struct VectorFile {
  let source: String
  let groups: [VectorGroup]

  init(_ name: String) throws {
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

struct VectorGroup {
  let algorithm: String
  let cases: [VectorCase]

  init(_ node: JSONNode) {
    algorithm = node["algorithm"]?.text ?? ""
    cases = (node["cases"]?.elements ?? []).map(VectorCase.init)
  }
}

struct VectorCase {
  let name: String
  let algorithm: String
  let given: VectorFields
  let totals: VectorFields
  let steps: [VectorFields]

  init(_ node: JSONNode) {
    name = node["name"]?.text ?? ""
    algorithm = node["algorithm"]?.text ?? ""
    given = VectorFields(node["given"] ?? [:])
    totals = VectorFields(node["totals"] ?? [:])
    steps = (node["steps"]?.elements ?? []).map(VectorFields.init)
  }
}

/// The members of an object; it knows which of them nobody has looked at.
final class VectorFields {
  let node: JSONNode
  private(set) var unread: Set<String>

  init(_ node: JSONNode) {
    self.node = node
    unread = Set((node.members ?? []).map(\.name))
  }

  func has(_ name: String) -> Bool { node[name] != nil }

  subscript(_ name: String) -> JSONNode? {
    unread.remove(name)
    return node[name]
  }

  func text(_ name: String) -> String { self[name]?.text ?? "" }
  func flag(_ name: String) -> Bool? {
    guard case .flag(let flag) = self[name]?.value else { return nil }
    return flag
  }
  func number(_ name: String) -> String? {
    guard case .number(let text) = self[name]?.value else { return nil }
    return text
  }
  func decimal(_ name: String) -> Double? { number(name).flatMap { Double($0) } }
  func integer(_ name: String) -> Int64? { number(name).flatMap { Int64($0) } }
  /// A decimal as a whole number of 10^-`places`.
  func scaled(_ name: String, _ places: Int) -> Int64? {
    number(name).flatMap { DecimalText($0)?.scaled(by: places) }
  }
  func ratio(_ name: String) -> Ratio? { number(name).flatMap { Ratio(decimal: $0) } }
  func double(_ name: String) -> Double? { number(name).flatMap { Double($0) } }
  func units(_ name: String) -> Int64 { integer(name) ?? 0 }
  func objects(_ name: String) -> [VectorFields] {
    (self[name]?.elements ?? []).map(VectorFields.init)
  }
  func integers(_ name: String) -> [Int64] { (self[name] ?? []).integers }
  func time(_ name: String) -> Int64 { integer(name) ?? 0 }
}

extension JSONNode {
  var integer: Int64? {
    guard case .number(let text) = value else { return nil }
    return Int64(text)
  }
  var integers: [Int64] { (elements ?? []).compactMap(\.integer) }
}
