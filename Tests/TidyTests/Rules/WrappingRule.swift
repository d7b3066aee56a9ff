import Foundation

/// A layer around another one cannot forget what comes new to layers.
struct WrappingRule: TidyRule {
  let claim = "a layer around another one hands on every requirement of layers"
  let broken = [
    "Sources/Access/Core/Layer.swift":
      "public protocol Layer {\n  var role: Role { get }\n  mutating func turn(_ way: Int)\n}\n",
    "Sources/Access/Core/WrappingLayer.swift": "  public var isStrict: Bool { limit.isStrict }\n",
  ]
  let sound = [
    "Sources/Access/Core/Layer.swift":
      "public protocol Layer {\n  static var typeName: String { get }\n  var role: Role { get }\n}\n",
    "Sources/Access/Core/WrappingLayer.swift": "  public var role: Role { limit.role }\n",
  ]

  func findings(in repository: Repository) -> [String] {
    func text(_ name: String) -> String? {
      repository.sources.first { $0.path == "Sources/Access/Core/\(name).swift" }?.text
    }
    guard let layer = text("Layer"), let wrapping = text("WrappingLayer") else { return [] }
    let body = layer.components(separatedBy: "public protocol Layer").dropFirst().first ?? ""
    let lines = (body.components(separatedBy: "\n}\n").first ?? "").split(separator: "\n")
    return lines.compactMap { line in
      let words = line.drop { $0 == " " }
      guard let kind = ["var ", "func ", "mutating func "].first(where: words.hasPrefix) else {
        return nil
      }
      let name = words.dropFirst(kind.count).prefix { $0.isLetter }
      return wrapping.contains("public \(kind)\(name)")
        ? nil : "WrappingLayer does not hand on \(name)"
    }
  }
}
