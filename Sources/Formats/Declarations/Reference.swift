/// Reference pages in Markdown, made from declarations.
public enum Reference {
  /// A section for `type` and for each object and family of variants below it, each once.
  ///
  /// Headings are of `level`.
  public static func markdown<Root: Declared>(
    _ type: Root.Type, level: Int = 2, extensions: Extensions = Extensions()
  ) -> String {
    var page = ReferencePage(level: level, extensions: extensions)
    page.section(of: type)
    return page.finished()
  }

  /// A section for a family of variants and for each object below it, each once.
  public static func markdown<Base>(
    _ registry: VariantRegistry<Base>, tag: String = "type", level: Int = 2,
    extensions: Extensions = Extensions()
  ) -> String {
    var page = ReferencePage(level: level, extensions: extensions)
    page.section(of: VariantShape(extensions.adding(to: registry), tag: tag, nameAlone: false))
    return page.finished()
  }

  /// The table of some fields: name, type, unit, range, default, meaning.
  public static func table(_ fields: [FieldDeclaration]) -> String {
    var text = "| field | type | unit | range | default | meaning |\n|---|---|---|---|---|---|\n"
    for field in fields {
      let range = field.shape.range.drop { $0 == " " }
      let cells = [
        "`\(field.name)`", field.shape.word, field.unit, String(range), field.standardText,
        field.help,
      ]
      text += "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }
    return text
  }

  private static func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      .split(separator: "\n").joined(separator: " ")
  }
}

/// A page that grows by sections; what a section mentions first follows after it.
struct ReferencePage {
  private enum Subject {
    case object(any Declared.Type)
    case variant(VariantShape)
  }

  private let level: Int
  private let extensions: Extensions
  private var sections: [String] = []
  private var seen: [String] = []
  private var waiting: [Subject] = []

  init(level: Int, extensions: Extensions) {
    self.level = level
    self.extensions = extensions
  }

  mutating func section(of type: any Declared.Type) { note(.object(type)) }

  mutating func section(of variant: VariantShape) { note(.variant(variant)) }

  /// The page, after all sections that others mentioned.
  mutating func finished() -> String {
    while !waiting.isEmpty {
      switch waiting.removeFirst() {
      case .object(let type):
        let declaration = Fields.describe(type, extensions: extensions)
        write(declaration.name, declaration.help, declaration.fields, level)
      case .variant(let variant): write(variant)
      }
    }
    return sections.joined(separator: "\n")
  }

  private mutating func write(_ variant: VariantShape) {
    let names = variant.variants.map { "| `\($0.name)` | \($0.help) |\n" }.joined()
    let standard = variant.standard.map { "; without it, `\($0)`" } ?? ""
    sections.append(
      "\(heading(level)) \(variant.title)\n\nThe member `\(variant.tag)` chooses\(standard).\n\n"
        + "| \(variant.tag) | meaning |\n|---|---|\n\(names)")
    for option in variant.variants {
      write("`\(option.name)`", option.help, option.fields(extensions), level + 1)
    }
  }

  private mutating func write(
    _ title: String, _ help: String, _ fields: [FieldDeclaration], _ level: Int
  ) {
    var text = "\(heading(level)) \(title)\n"
    if !help.isEmpty { text += "\n\(help)\n" }
    text += "\n" + (fields.isEmpty ? "No fields.\n" : Reference.table(fields))
    sections.append(text)
    for field in fields { field.shape.visitParts { meet($0) } }
  }

  private mutating func meet(_ shape: Shape) {
    switch shape {
    case .object(let type): section(of: type)
    case .variant(let variant): section(of: variant)
    default: break
    }
  }

  private mutating func note(_ subject: Subject) {
    let key =
      switch subject {
      case .object(let type): "object \(type.declaredName)"
      case .variant(let variant): "variant \(variant.title)"
      }
    if seen.contains(key) { return }
    seen.append(key)
    waiting.append(subject)
  }

  private func heading(_ level: Int) -> String { String(repeating: "#", count: level) }
}

extension Shape {
  /// Visits the shape and the shapes within it, not those of other objects.
  func visitParts(_ visit: (Shape) -> Void) {
    visit(self)
    switch self {
    case .list(let element, _), .map(let element, _), .oneOrMany(let element, _):
      element.visitParts(visit)
    case .either(let short, let long):
      short.visitParts(visit)
      long.visitParts(visit)
    default: break
    }
  }

  /// What the value is called in a table.
  var word: String {
    switch self {
    case .integer: "whole number"
    case .quantity: "quantity"
    case .seed: "seed"
    case .number: "number"
    case .decimal: "decimal"
    case .duration: "duration"
    case .date: "date"
    case .text: "text"
    case .name: "name"
    case .flag: "flag"
    case .any: "any JSON"
    case .choice(let options): options.map { "`\($0.name)`" }.joined(separator: ", ")
    case .object(let type): type.declaredName
    case .list(let element, _): "list of \(element.word)"
    case .map(let element, _): "\(element.word) by name"
    case .oneOrMany(let element, _): "\(element.word), or list"
    case .either(let short, let long): "\(short.word) or \(long.word)"
    case .variant(let variant): variant.nameAlone ? "\(variant.title) or its name" : variant.title
    }
  }
}

extension FieldDeclaration {
  /// The default in a table.
  fileprivate var standardText: String {
    switch presence {
    case .required: "required"
    case .optional: "none"
    case .standard(let node): node.map { "`\(JSONWriter.compact($0))`" } ?? ""
    case .group: "its own"
    }
  }
}
