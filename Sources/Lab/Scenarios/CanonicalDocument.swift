import WeirFormats

/// A document with its defaults written out and its members in the order of their declarations.
enum CanonicalDocument {
  /// The canonical form of `document`, which was read with `origins`.
  static func node(_ document: JSONNode, _ origins: [FieldOrigin]) -> JSONNode {
    var node = document.without("$schema")
    var order = DeclaredOrder()
    for (place, origin) in origins.enumerated() {
      order.add(origin.pointer, at: place)
      guard origin.position == nil, let value = origin.value else { continue }
      node = node.filled(origin.pointer.tokens[...], with: value)
    }
    return node.ordered(at: .root, by: order).withSweepOrdered
  }
}

extension JSONNode {
  /// The document with `value` at a place that is still empty; objects on the way are made.
  fileprivate func filled(_ path: ArraySlice<String>, with value: JSONNode) -> JSONNode {
    guard let token = path.first else { return self }
    let rest = path.dropFirst()
    switch self.value {
    case .object(var members):
      if let index = members.firstIndex(where: { $0.name == token }) {
        members[index].value = members[index].value.filled(rest, with: value)
      } else {
        let made = rest.isEmpty ? value : JSONNode(.object([])).filled(rest, with: value)
        members.append(JSONMember(token, made))
      }
      return JSONNode(.object(members), at: position)
    case .list(var elements):
      guard let index = Int(token), elements.indices.contains(index) else { return self }
      elements[index] = elements[index].filled(rest, with: value)
      return JSONNode(.list(elements), at: position)
    default:
      // A short form, such as a name alone, has no room for the defaults of its members.
      return self
    }
  }

  /// The document with declared members in their order, after those that nobody declares.
  fileprivate func ordered(at pointer: JSONPointer, by order: DeclaredOrder) -> JSONNode {
    switch value {
    case .object(let members):
      let placed = members.enumerated().map { index, member in
        let place = pointer.appending(member.name)
        let value = member.value.ordered(at: place, by: order)
        // Groups have no origin of their own: they stand where their first member does.
        let rank = order.places[place] ?? order.lowest[place]
        return (rank: rank, index: index, member: JSONMember(member.name, value))
      }
      // The tag of a variant and the keys of a map are in no origin, and keep their order.
      let isMap = placed.allSatisfy { order.places[pointer.appending($0.member.name)] == nil }
      if isMap { return JSONNode(.object(placed.map(\.member))) }
      let sorted = placed.sorted { ($0.rank ?? -1, $0.index) < ($1.rank ?? -1, $1.index) }
      return JSONNode(.object(sorted.map(\.member)))
    case .list(let elements):
      return JSONNode(
        .list(elements.enumerated().map { $1.ordered(at: pointer.appending($0), by: order) }))
    default: return JSONNode(value)
    }
  }
}

extension JSONNode {
  /// The document with the axes of its sweep in their order, which that of the file does not
  /// decide.
  fileprivate var withSweepOrdered: JSONNode {
    guard let members else { return self }
    return JSONNode(
      .object(
        members.map { member in
          member.name == "sweep" ? JSONMember(member.name, member.value.orderedByName) : member
        }))
  }

  /// The value with the members of every object in the order of axes.
  private var orderedByName: JSONNode {
    switch value {
    case .object(let members):
      let sorted = members.sorted { AxisOrder($0.name) < AxisOrder($1.name) }
      return JSONNode(.object(sorted.map { JSONMember($0.name, $0.value.orderedByName) }))
    case .list(let elements): return JSONNode(.list(elements.map(\.orderedByName)))
    default: return self
    }
  }
}

/// The places of declared fields among all that were read.
private struct DeclaredOrder {
  /// The place of each field.
  private(set) var places: [JSONPointer: Int] = [:]
  /// The least place of anything below a group.
  private(set) var lowest: [JSONPointer: Int] = [:]

  /// Adds a field that comes after all others so far.
  mutating func add(_ pointer: JSONPointer, at place: Int) {
    if places[pointer] == nil { places[pointer] = place }
    var group = pointer
    while !group.tokens.isEmpty, lowest[group] == nil {
      lowest[group] = place
      group.tokens.removeLast()
    }
  }
}
