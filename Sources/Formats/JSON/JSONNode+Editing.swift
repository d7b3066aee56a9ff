extension JSONNode {
  /// This document laid over `base`: objects merge member by member, all else replaces.
  ///
  /// Members of `base` keep their places in the order, new ones follow. Lists replace as a whole,
  /// also lists of named objects. Every value keeps the position in its own file.
  public func merging(over base: JSONNode) -> JSONNode {
    guard let members, let baseMembers = base.members else { return self }
    var result = baseMembers
    for member in members {
      if let index = result.firstIndex(where: { $0.name == member.name }) {
        let value = member.value.merging(over: result[index].value)
        result[index] = JSONMember(member.name, value, at: member.position)
      } else {
        result.append(member)
      }
    }
    return JSONNode(.object(result), at: position)
  }

  /// The value that `pointer` leads to.
  public subscript(pointer: JSONPointer) -> JSONNode? {
    let found = deepest(pointer)
    return found.rest.isEmpty ? found.node : nil
  }

  /// The document with `node` at `pointer`, where a member may be new and all before it exists.
  ///
  /// - Throws: ``ScenarioIssue/Problem/nothingThere(wanted:existing:known:)`` with the position of
  ///   `node`, the deepest existing part and the nearest name.
  public func setting(
    _ pointer: JSONPointer, to node: JSONNode
  ) throws(ScenarioIssue) -> JSONNode {
    try setting(pointer, depth: 0, to: node)
  }

  private func setting(
    _ pointer: JSONPointer, depth: Int, to node: JSONNode
  ) throws(ScenarioIssue) -> JSONNode {
    if depth == pointer.tokens.count { return node }
    let token = pointer.tokens[depth]
    switch value {
    case .object(var members):
      if let index = members.firstIndex(where: { $0.name == token }) {
        members[index].value = try members[index].value.setting(pointer, depth: depth + 1, to: node)
        return JSONNode(.object(members), at: position)
      }
      if depth == pointer.tokens.count - 1 {
        members.append(JSONMember(token, node, at: node.position))
        return JSONNode(.object(members), at: position)
      }
    case .list(var elements):
      if let index = JSONNode.index(token, elements.count) {
        elements[index] = try elements[index].setting(pointer, depth: depth + 1, to: node)
        return JSONNode(.list(elements), at: position)
      }
    default: break
    }
    throw nothingThere(pointer, depth: depth, position: node.position)
  }

  private func nothingThere(
    _ pointer: JSONPointer, depth: Int, position: SourcePosition?
  ) -> ScenarioIssue {
    let existing = JSONPointer(Array(pointer.tokens.prefix(depth)))
    let known = members?.map(\.name) ?? elements?.indices.map { String($0) } ?? []
    let nearest = nearestName(pointer.tokens[depth], in: known)
    return ScenarioIssue(
      .nothingThere(wanted: pointer, existing: existing, known: known), pointer: pointer,
      position: position, suggestion: nearest.map { existing.appending($0).description })
  }

  /// The deepest part on the way to `pointer` that exists, and the steps that are left.
  func deepest(_ pointer: JSONPointer) -> (node: JSONNode, rest: ArraySlice<String>) {
    var node = self
    var rest = pointer.tokens[...]
    while let token = rest.first {
      let next: JSONNode? =
        switch node.value {
        case .object: node[token]
        case .list(let elements): JSONNode.index(token, elements.count).map { elements[$0] }
        default: nil
        }
      guard let next else { break }
      node = next
      rest.removeFirst()
    }
    return (node, rest)
  }

  private static func index(_ token: String, _ count: Int) -> Int? {
    guard token.utf8.allSatisfy(isDigit), let index = Int(token), index < count,
      String(index) == token
    else { return nil }
    return index
  }
}
