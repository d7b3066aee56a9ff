import Testing
import WeirAccess
import WeirFormats
import WeirVectors

@Suite struct SpaceSavingVectors {
  @Test("the greatest counts are those of rozap/spacesaving and fzakaria/space-saving")
  func summaries() throws {
    let run = VectorRun("heavy_hitters_space_saving")
    run.each(try VectorFile("space-saving").groups[0]) { vector in
      let capacity = Int(vector.given.units("capacity"))
      var names = Names()
      var summary = SpaceSaving(capacity: capacity)
      return { step in
        for key in names.keys(step["push"]) { summary.add(key) }
        if let merged = step["merged"] {
          var left = Self.summary(step, "left", capacity, &names)
          left.merge(Self.summary(step, "right", capacity, &names))
          run.compare("merged", names.counts(left.top(capacity)), names.counts(merged))
        }
        if let state = step["state"] {
          run.compare("state", names.counts(summary.top(capacity)), names.counts(state))
        }
        guard let top = step["top"] else { return }
        let found = summary.top(top["k"]?.integer.map { Int($0) } ?? 0)
        if let set = top["expectSet"] { run.compare("top", names.counts(found), names.counts(set)) }
        if let order = top["expectOrder"]?.elements {
          run.compare("order", found.map { names.text($0.key) }, order.compactMap(\.text))
        }
      }
    }
    run.finish(cases: 10, steps: 11)
  }

  /// A summary from what was pushed to it, or from a state that is given.
  private static func summary(
    _ step: VectorFields, _ side: String, _ capacity: Int, _ names: inout Names
  ) -> SpaceSaving {
    var summary = SpaceSaving(capacity: capacity)
    for key in names.keys(step[side]) { summary.add(key) }
    for member in step[side + "State"]?.members ?? [] {
      summary.add(names.key(member.name), member.value.integer ?? 0)
    }
    return summary
  }
}

/// Keys that are words upstream, as numbers.
private struct Names {
  private var known: [String] = []

  mutating func key(_ name: String) -> UInt64 {
    if let place = known.firstIndex(of: name) { return UInt64(place) }
    known.append(name)
    return UInt64(known.count - 1)
  }

  /// The keys of a list that is given once and repeated.
  mutating func keys(_ node: JSONNode?) -> [UInt64] {
    let once = (node?["keys"]?.elements ?? []).map { key($0.text ?? "") }
    return (0..<(node?["times"]?.integer ?? 0)).flatMap { _ in once }
  }

  func text(_ key: UInt64) -> String { known[Int(key)] }

  func counts(_ entries: [SpaceSaving.Entry]) -> [String: Int64] {
    Dictionary(uniqueKeysWithValues: entries.map { (text($0.key), $0.count) })
  }

  func counts(_ node: JSONNode) -> [String: Int64] {
    Dictionary(
      uniqueKeysWithValues: (node.members ?? []).map { ($0.name, $0.value.integer ?? -1) })
  }
}
