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
  mutating func document(at path: String) throws(ScenarioFailure) -> JSONNode? {
    var layers: [JSONNode] = []
    var paths: [String] = []
    var next: (path: String, from: JSONNode?)? = (path, nil)
    while let (path, asking) = next {
      let place = Self.simplified(path)
      if let asking, let first = paths.firstIndex(of: place) {
        recordCycle(paths[first...] + [place], asking)
        return nil
      }
      paths.append(place)
      guard let node = try document(in: path, asking) else { return nil }
      layers.append(node.without("extends"))
      next = base(of: node, at: path).map { ($0.path, $0.asking) }
    }
    return layers.dropLast().reversed().reduce(layers[layers.count - 1]) { base, over in
      over.merging(over: base)
    }
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

  /// The file that a document extends, with the node that says so.
  private mutating func base(
    of node: JSONNode, at path: String
  ) -> (path: String, asking: JSONNode)? {
    guard let asking = node["extends"] else { return nil }
    guard let name = asking.text, !name.isEmpty else {
      let pointer = JSONPointer(["extends"])
      issues.append(
        ScenarioIssue(
          .wrongKind(expected: "the path of a scenario file", found: asking.found),
          pointer: pointer, position: asking.position))
      return nil
    }
    if name.hasPrefix("/") { return (name, asking) }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return ((folder.map(String.init) + [name]).joined(separator: "/"), asking)
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
