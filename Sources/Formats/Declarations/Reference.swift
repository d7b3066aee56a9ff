/// Reference pages in Markdown, made from declarations.
public enum Reference {
  /// A section for `type` and for each object and family of variants below it, each once.
  ///
  /// Headings are of `level`.
  public static func markdown<Root: Declared>(
    _ type: Root.Type, level: Int = 2, extensions: Extensions = Extensions()
  ) -> String {
    var writer = ReferenceWriter(level, extensions)
    writer.section(of: type)
    return writer.page()
  }

  /// A section for a family of variants and for each object below it, each once.
  public static func markdown<Base>(
    _ registry: VariantRegistry<Base>, tag: String = "type", level: Int = 2,
    extensions: Extensions = Extensions()
  ) -> String {
    var writer = ReferenceWriter(level, extensions)
    writer.section(of: VariantShape(extensions.adding(to: registry), tag: tag, nameAlone: false))
    return writer.page()
  }

  /// The sections for `type` and for all below it as chapters of a documentation catalogue, which
  /// link to each other.
  ///
  /// The first chapter of `plan` begins with `type`. An object or family begins in the chapter that
  /// names its title, or else follows where it is mentioned first.
  public static func chapters<Root: Declared>(
    _ type: Root.Type, _ plan: [ReferenceChapter.Plan], level: Int = 2,
    extensions: Extensions = Extensions()
  ) -> [ReferenceChapter] {
    var writer = ReferenceWriter(
      level: level, extensions: extensions, plan: plan, writesLinks: true)
    writer.section(of: type)
    writer.finish()
    return writer.chapters
  }

  /// The table of some fields: name, type, unit, range, default, meaning.
  ///
  /// `link` says how the title of an object or a family is written.
  static func table(_ fields: [FieldDeclaration], _ link: (String) -> String) -> String {
    var text = "| field | type | unit | range | default | meaning |\n|---|---|---|---|---|---|\n"
    for field in fields {
      let range = field.shape.range.drop { $0 == " " }
      let cells = [
        "`\(field.name)`", field.shape.word(link), field.unit, String(range), field.standardText,
        field.help,
      ]
      text += "| " + cells.map(cell).joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// A text within a cell of a table of Markdown, on one line.
  public static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      .split(separator: "\n").joined(separator: " ")
  }
}

/// A part of the reference that is a page of its own.
public struct ReferenceChapter: Sendable {
  /// The name of its article, by which others link to it.
  public let name: String
  /// Its sections, each with its heading.
  public internal(set) var sections: [String]

  /// What a chapter is to hold.
  public struct Plan: Sendable {
    /// The name of the article.
    public let name: String
    /// The titles of the objects and families that begin in it.
    public let titles: [String]

    /// Creates a plan.
    public init(_ name: String, _ titles: [String]) {
      self.name = name
      self.titles = titles
    }
  }
}

extension ReferenceWriter {
  /// A writer of one page without links.
  fileprivate init(_ level: Int, _ extensions: Extensions) {
    self.init(
      level: level, extensions: extensions, plan: [.init("", [])], writesLinks: false)
  }

  /// All that was asked for, on one page.
  fileprivate mutating func page() -> String {
    finish()
    return chapters.flatMap(\.sections).joined(separator: "\n")
  }
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

  /// What the value is called in a table; `link` writes the title of an object or a family.
  func word(_ link: (String) -> String) -> String {
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
    case .choice(let options) where options.count > 20:
      "one of \(options.count) names, such as `\(options[0].name)`"
    case .choice(let options): options.map { "`\($0.name)`" }.joined(separator: ", ")
    case .object(let type): link(type.declaredName)
    case .list(let element, _): "list of \(element.word(link))"
    case .map(let element, _): "\(element.word(link)) by name"
    case .oneOrMany(let element, _): "\(element.word(link)), or list"
    case .either(let short, let long): "\(short.word(link)) or \(long.word(link))"
    case .variant(let variant): link(variant.title) + (variant.nameAlone ? " or its name" : "")
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
