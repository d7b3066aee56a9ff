/// Reference sections in the order in which they mention one another.
///
/// A section follows for each object and family of variants that an earlier one mentions, each
/// once. A variant that is described already, under another family, is not described again.
struct ReferenceWriter {
  private enum Subject {
    case object(any Declared.Type)
    case variant(VariantShape)

    var title: String {
      switch self {
      case .object(let type): type.declaredName
      case .variant(let variant): variant.title
      }
    }

    var key: String {
      switch self {
      case .object(let type): "object \(type.declaredName)"
      case .variant(let variant): "variant \(variant.title)"
      }
    }
  }

  private let level: Int
  private let extensions: Extensions
  private let plan: [ReferenceChapter.Plan]
  /// Whether sections mention each other as links between articles.
  private let writesLinks: Bool
  private(set) var chapters: [ReferenceChapter]
  private var seen: [(key: String, chapter: Int)] = []
  private var described: [(text: String, place: String)] = []
  private var waiting: [(subject: Subject, chapter: Int)] = []

  /// Nothing written yet; what no plan names goes to the chapter that mentions it.
  init(
    level: Int, extensions: Extensions, plan: [ReferenceChapter.Plan], writesLinks: Bool
  ) {
    self.level = level
    self.extensions = extensions
    self.plan = plan
    self.writesLinks = writesLinks
    chapters = plan.map { ReferenceChapter(name: $0.name, sections: []) }
  }

  mutating func section(of type: any Declared.Type) { note(.object(type), from: 0) }

  mutating func section(of variant: VariantShape) { note(.variant(variant), from: 0) }

  /// Writes the sections, and after them all that they mention.
  mutating func finish() {
    while !waiting.isEmpty {
      let (subject, chapter) = waiting.removeFirst()
      switch subject {
      case .object(let type):
        let declaration = Fields.describe(type, extensions: extensions)
        meet(declaration.fields, chapter)
        let body = text(declaration.help, declaration.fields)
        chapters[chapter].sections.append("\(heading(level)) \(declaration.name)\n\(body)")
      case .variant(let variant): write(variant, chapter)
      }
    }
  }

  private mutating func write(_ variant: VariantShape, _ chapter: Int) {
    var names = ""
    var sections: [String] = []
    for option in variant.variants {
      let fields = option.fields(extensions)
      meet(fields, chapter)
      let symbol = writesLinks ? option.symbol.map { "\nSee ``/\($0)``.\n" } ?? "" : ""
      let section = "`\(option.name)`\n\(text(option.help, fields, after: symbol))"
      if let earlier = described.first(where: { $0.text == section }), writesLinks {
        names += "| <doc:\(earlier.place)> | \(option.help) |\n"
        continue
      }
      names += "| `\(option.name)` | \(option.help) |\n"
      described.append((section, "\(chapters[chapter].name)#\(option.name)"))
      sections.append("\(heading(level + 1)) \(section)")
    }
    let standard = variant.standard.map { "; without it, `\($0)`" } ?? ""
    chapters[chapter].sections.append(
      "\(heading(level)) \(variant.title)\n\nThe member `\(variant.tag)` chooses\(standard).\n\n"
        + "| \(variant.tag) | meaning |\n|---|---|\n\(names)")
    chapters[chapter].sections += sections
  }

  private func text(_ help: String, _ fields: [FieldDeclaration], after: String = "") -> String {
    var text = help.isEmpty ? "" : "\n\(help)\n"
    text += after
    return text + "\n" + (fields.isEmpty ? "No fields.\n" : table(fields))
  }

  private func table(_ fields: [FieldDeclaration]) -> String {
    Reference.table(fields) { title in
      let keys = ["object \(title)", "variant \(title)"]
      guard writesLinks, let place = seen.first(where: { keys.contains($0.key) }) else {
        return title
      }
      let anchor = title.split(separator: " ").joined(separator: "-")
      return "<doc:\(chapters[place.chapter].name)#\(anchor)>"
    }
  }

  private mutating func meet(_ fields: [FieldDeclaration], _ chapter: Int) {
    for field in fields {
      field.shape.visitParts { shape in
        switch shape {
        case .object(let type): note(.object(type), from: chapter)
        case .variant(let variant): note(.variant(variant), from: chapter)
        default: break
        }
      }
    }
  }

  private mutating func note(_ subject: Subject, from mentioning: Int) {
    if seen.contains(where: { $0.key == subject.key }) { return }
    let chapter = plan.firstIndex { $0.titles.contains(subject.title) } ?? mentioning
    seen.append((subject.key, chapter))
    waiting.append((subject, chapter))
  }

  private func heading(_ level: Int) -> String { String(repeating: "#", count: level) }
}
