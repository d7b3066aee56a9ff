import WeirFormats

/// A document with its defaults written out and its members in the order of their declarations.
enum CanonicalDocument {
  /// The canonical form of `document`, which was read with `origins`.
  ///
  /// Complexity: linear in the document and the origins, apart from sorting members.
  static func node(_ document: JSONNode, _ origins: [FieldOrigin]) -> JSONNode {
    let root = DeclaredPlace()
    for (rank, origin) in origins.enumerated() { root.add(origin, rank: rank) }
    return document.without("$schema").completed(at: root).withSweepOrdered
  }
}

extension JSONNode {
  /// The document with the defaults below `place`, and with declared members in their order, after
  /// those that nobody declares.
  fileprivate func completed(at place: DeclaredPlace?) -> JSONNode {
    switch value {
    case .object(let members):
      var parts = members.map { member in
        let part = place?.parts[member.name]
        return (part: part, member: JSONMember(member.name, member.value.completed(at: part)))
      }
      for name in place?.names ?? [] where !members.contains(where: { $0.name == name }) {
        // Groups that are not there are made for the defaults of their members.
        guard let part = place?.parts[name], part.hasDefaults else { continue }
        let made = part.standard ?? JSONNode(.object([]))
        parts.append((part, JSONMember(name, made.completed(at: part))))
      }
      // The tag of a variant and the keys of a map are in no origin, and keep their order.
      let isMap = parts.allSatisfy { $0.part?.rank == nil }
      if isMap { return JSONNode(.object(parts.map { $0.member })) }
      let sorted = parts.enumerated().sorted {
        ($0.element.part?.order ?? -1, $0.offset) < ($1.element.part?.order ?? -1, $1.offset)
      }
      return JSONNode(.object(sorted.map { $0.element.member }))
    case .list(let elements):
      return JSONNode(
        .list(elements.enumerated().map { $1.completed(at: place?.parts[String($0)]) }))
    default:
      // A short form, such as a name alone, has no room for the defaults of its members.
      return JSONNode(value)
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

/// A place of a document and what was declared there and below.
private final class DeclaredPlace {
  /// The number of the field among all that were read; `nil` for groups, tags and keys.
  private(set) var rank: Int?
  /// The least number of anything below: groups stand where their first member does.
  private var lowest: Int?
  /// What stands there when nothing is written.
  private(set) var standard: JSONNode?
  /// Whether there is a default there or below.
  private(set) var hasDefaults = false
  /// What is declared one step further, by name or index.
  private(set) var parts: [String: DeclaredPlace] = [:]
  /// The names of the parts, in the order of reading.
  private(set) var names: [String] = []

  /// Where the place stands among its neighbours.
  var order: Int? { rank ?? lowest }

  /// Adds a field that comes after all others so far.
  func add(_ origin: FieldOrigin, rank: Int) {
    let standard = origin.position == nil ? origin.value : nil
    var place = self
    for token in origin.pointer.tokens {
      place = place.part(token)
      if place.lowest == nil { place.lowest = rank }
      if standard != nil { place.hasDefaults = true }
    }
    if place.rank == nil { place.rank = rank }
    if place.standard == nil { place.standard = standard }
  }

  private func part(_ token: String) -> DeclaredPlace {
    if let known = parts[token] { return known }
    let part = DeclaredPlace()
    parts[token] = part
    names.append(token)
    return part
  }
}
