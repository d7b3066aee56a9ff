import WeirFormats

/// The reading of a scenario file together with all files that it extends.
struct ScenarioExpansion {
  let reader: FileReader
  /// What is wrong in the files so far.
  private(set) var issues: [ScenarioIssue] = []
  /// All files read so far, each called by its path.
  private(set) var files: [SourceFile] = []

  init(reader: FileReader) { self.reader = reader }

  /// The document at `path` laid over those that it extends; `nil` when a file is not JSON.
  ///
  /// Of several that it extends, a later one is laid over an earlier one.
  mutating func document(at path: String) throws(ScenarioFailure) -> JSONNode? {
    try document(at: path, asking: nil, through: [])
  }

  private mutating func document(
    at path: String, asking: JSONNode?, through chain: [String]
  ) throws(ScenarioFailure) -> JSONNode? {
    let place = Self.simplified(path)
    if let asking, let first = chain.firstIndex(of: place) {
      recordCycle(chain[first...] + [place], asking)
      return nil
    }
    guard let node = try document(in: path, asking) else { return nil }
    var base: JSONNode?
    for (path, asking) in bases(of: node, at: path) {
      let other = try document(at: path, asking: asking, through: chain + [place])
      guard var other else { return nil }
      // What a part holds is not what the scenario asks.
      if ScenarioPart.isOne(other) { other = other.without("description") }
      base = base.map { other.merging(over: $0) } ?? other
    }
    let own = node.without("extends")
    return base.map { own.merging(over: $0) } ?? own
  }

  private mutating func document(
    in path: String, _ asking: JSONNode?
  ) throws(ScenarioFailure) -> JSONNode? {
    let bytes: [UInt8]
    do throws(FileReader.Unreadable) {
      bytes = try reader.bytes(of: path)
    } catch {
      throw .missing(path: path, reason: error.reason, extendedAt: asking?.position)
    }
    let source = SourceFile(name: path, bytes: bytes)
    files.append(source)
    let (node, found) = JSONNode.parse(source)
    issues += found
    return node
  }

  /// The files that a document extends, each with the node that says so.
  private mutating func bases(
    of node: JSONNode, at path: String
  ) -> [(path: String, asking: JSONNode)] {
    guard let asking = node["extends"] else { return [] }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var bases: [(path: String, asking: JSONNode)] = []
    for (index, entry) in (asking.elements ?? [asking]).enumerated() {
      guard let name = entry.text, !name.isEmpty else {
        let place = asking.elements == nil ? ["extends"] : ["extends", String(index)]
        issues.append(
          ScenarioIssue(
            .wrongKind(expected: "the path of a scenario file", found: entry.found),
            pointer: JSONPointer(place), position: entry.position))
        continue
      }
      let isAbsolute = name.hasPrefix("/")
      bases.append(
        (isAbsolute ? name : (folder.map(String.init) + [name]).joined(separator: "/"), entry))
    }
    return bases
  }

  private mutating func recordCycle(_ paths: ArraySlice<String>, _ asking: JSONNode) {
    issues.append(
      ScenarioIssue(
        .rule(
          expected: "a file that does not extend this one",
          found: "a cycle: " + paths.joined(separator: " extends ")),
        pointer: JSONPointer(["extends"]), position: asking.position))
  }

  /// The path without `.` and without `..` where a folder stands before it.
  static func simplified(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      if part == "..", let last = parts.last, last != "..", last != "" {
        parts.removeLast()
      } else if part != ".", !(part.isEmpty && !parts.isEmpty) {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}

extension JSONNode {
  /// The object without the member called `name`.
  func without(_ name: String) -> JSONNode {
    guard let members else { return self }
    return JSONNode(.object(members.filter { $0.name != name }), at: position)
  }
}
