import WeirAccess
import WeirFormats

/// What the page is about, before anything else.
extension ReportPage {
  /// The name, the question, the size of the study and the policies.
  func header(_ header: inout Markup) {
    header.element("h1") { $0.isolated(facts.name) }
    if !facts.description.isEmpty {
      header.element("p", [("class", "lead")]) { $0.isolated(facts.description) }
    }
    let size = [
      "simulated: nothing here was measured on a real service",
      NumberText.counted(facts.policies.count, "policy", "policies"),
      facts.points.count > 1 ? NumberText.counted(facts.points.count, "point", "points") : "",
      NumberText.counted(facts.replications, "replication", "replications"),
      "\(measured) measured" + (facts.times.warmup > 0 ? " after \(warmup) of warm-up" : ""),
      "Weir \(facts.version)",
    ]
    header.element("ul", [("class", "facts faint")]) { list in
      for fact in size where !fact.isEmpty { list.element("li", text: fact) }
    }
    if !facts.isComplete {
      header.paragraph(
        "The study was interrupted: \(facts.replications) of \(facts.plannedReplications)"
          + " replications are complete, and only these are shown.", "bad")
    }
    policies(&header)
  }

  var measured: String { Self.time(facts.times.horizon - facts.times.warmup) }
  var warmup: String { Self.time(facts.times.warmup) }

  static func time(_ seconds: Double) -> String {
    NumberText.duration(nanoseconds: Int64(seconds * 1e9))
  }

  /// What each policy does, in one line.
  private func policies(_ header: inout Markup) {
    let described = facts.list("policies")
    let rows = figures.ordered.map { policy -> [TableCell] in
      let name = facts.policies[policy]
      let node = described.first { $0["name"]?.text == name }
      var first = Markup()
      first.element("span", [("class", "w")]) { line in
        line.append(sign(figures.styles[policy]))
        line.text(" ")
        line.isolated(name)
      }
      if policy == facts.baseline {
        first.element("small", [("class", "faint")], text: "baseline")
      }
      let scheduler = node?["scheduler"]?.text ?? node?["scheduler"]?["type"]?.text ?? ""
      return [TableCell(body: first), .text(layers(node)), .text(scheduler)]
    }
    header.table(
      "",
      head: ["policy", "layers, in the order in which they are asked", "queue"].map {
        TableHead(label: $0)
      }, rows: rows)
    layerMeanings(&header)
  }

  /// What each type of layer does, for those who do not know its name.
  private func layerMeanings(_ header: inout Markup) {
    var types: [String] = []
    for layer in facts.list("policies").flatMap({ $0["layers"]?.elements ?? [] }) {
      let own = [layer["type"]?.text].compactMap { $0 } + Self.kinds(within: layer)
      types += own.filter { !types.contains($0) }
    }
    let meanings = types.compactMap { type in
      (Catalogue.layers[type]?.help ?? Catalogue.detectors[type]?.help).map { (type, $0) }
    }
    guard !meanings.isEmpty else { return }
    header.element("details", [("open", "")]) { details in
      details.element("summary", text: "What the layers do")
      details.element("dl", [("class", "glossary")]) { list in
        for (type, meaning) in meanings {
          list.element("div") { entry in
            entry.element("dt") { $0.element("code", text: type) }
            entry.element("dd", text: meaning)
          }
        }
      }
    }
  }

  private func layers(_ policy: JSONNode?) -> String {
    let layers = (policy?["layers"]?.elements ?? []).compactMap { layer -> String? in
      guard let type = layer["type"]?.text else { return nil }
      let name = layer["name"]?.text ?? type
      let parts = Self.kinds(within: layer) + differing(layer, type)
      let own = (name == type ? [] : [type]) + parts
      return own.isEmpty ? name : "\(name) (\(own.joined(separator: ", ")))"
    }
    return layers.isEmpty ? "none: everyone is let in" : layers.joined(separator: " → ")
  }

  /// The types of what a layer is made with, such as its detector.
  private static func kinds(within layer: JSONNode) -> [String] {
    (layer.members ?? []).flatMap { member -> [String] in
      let parts = member.value.elements ?? [member.value]
      return parts.flatMap { part -> [String] in
        guard let type = part["type"]?.text else { return [] }
        return [type] + kinds(within: part)
      }
    }
  }

  /// What is set in a word or a number, and otherwise in a layer of the same type elsewhere.
  private func differing(_ layer: JSONNode, _ type: String) -> [String] {
    let alike = facts.list("policies").flatMap { $0["layers"]?.elements ?? [] }.filter {
      $0["type"]?.text == type
    }
    return (layer.members ?? []).compactMap { member in
      guard !["type", "name"].contains(member.name),
        alike.contains(where: { $0[member.name] != member.value })
      else { return nil }
      switch member.value.value {
      case .text(let text): return "\(member.name) \(text)"
      case .number(let text): return "\(member.name) \(text)"
      case .flag(let flag): return "\(member.name) \(flag ? "yes" : "no")"
      default: return nil
      }
    }
  }

  /// The sign of a policy in charts, as a small drawing.
  func sign(_ style: SeriesStyle) -> Markup {
    var markup = Markup()
    let frame = [
      ("viewBox", "0 0 26 14"), ("class", "chart sign"), ("aria-hidden", "true"),
    ]
    markup.element("svg", frame) { svg in
      svg.element("g", [("class", style.className)]) { group in
        group.path("M1 7h24", "l")
        group.path(style.marker.path(13, 7), "m")
      }
    }
    return markup
  }

  /// The names of the policies with their signs, above figures.
  ///
  /// They are without the baseline where the figures show differences from it.
  func legend(_ section: inout Markup, hasBaseline: Bool = true) {
    section.element("ul", [("class", "legend")]) { list in
      for entry in figures.legend.dropFirst(hasBaseline ? 0 : 1) {
        list.element("li") { item in
          item.append(sign(entry.style))
          item.isolated(entry.name)
        }
      }
    }
  }
}
