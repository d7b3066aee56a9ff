/// The limits of a document.
public struct JSONLimits: Sendable {
  /// How deep lists and objects may be nested.
  public var depth: Int

  /// How many bytes a document may have.
  public var bytes: Int

  /// Creates limits.
  public init(depth: Int = 64, bytes: Int = 64 << 20) {
    self.depth = depth
    self.bytes = bytes
  }
}

extension JSONNode {
  /// Reads a JSON text strictly: UTF-8, no comments, no trailing commas, no name twice.
  ///
  /// A byte order mark at the start is skipped, as RFC 8259 allows. The first mistake of syntax
  /// ends the reading; names that stand twice are all reported, and the first is kept. Names that
  /// are canonically equivalent in Unicode count as the same.
  ///
  /// - Returns: The document, `nil` after a mistake of syntax, and the issues.
  public static func parse(
    _ source: SourceFile, limits: JSONLimits = JSONLimits()
  ) -> (node: JSONNode?, issues: [ScenarioIssue]) {
    var parser = JSONParser(source, limits)
    do throws(ScenarioIssue) {
      return (try parser.document(), parser.issues)
    } catch {
      return (nil, parser.issues + [error])
    }
  }

  /// The value of an argument such as that of `--set`: JSON, or else the text itself.
  public static func argument(_ source: SourceFile) -> JSONNode {
    let (node, issues) = parse(source)
    if let node, issues.isEmpty { return node }
    let text = String(decoding: source.bytes, as: UTF8.self)
    return JSONNode(.text(text), at: SourcePosition(file: source, offset: 0))
  }
}

/// A recursive-descent reader of RFC 8259.
struct JSONParser {
  let source: SourceFile
  let limits: JSONLimits
  let bytes: [UInt8]
  var offset: Int
  var depth = 0
  /// The names that stand twice.
  var issues: [ScenarioIssue] = []
  private var path: [Step] = []

  /// One step of the path from the root; made into text only for an issue.
  private enum Step {
    case name(String)
    case index(Int)
  }

  init(_ source: SourceFile, _ limits: JSONLimits) {
    self.source = source
    self.limits = limits
    bytes = source.bytes
    offset = source.textStart
  }

  mutating func document() throws(ScenarioIssue) -> JSONNode {
    if bytes.count > limits.bytes {
      throw ScenarioIssue(
        .tooLarge(limit: limits.bytes, found: bytes.count), position: position(0))
    }
    if let invalid = firstInvalidUTF8(bytes) {
      throw syntax("UTF-8", found: "the byte \(hexadecimal(bytes[invalid], 2))", at: invalid)
    }
    skipSpace()
    let node = try value("a JSON value")
    skipSpace()
    if offset < bytes.count { throw syntax("the end of the file") }
    return node
  }

  // MARK: Values

  private mutating func value(_ expected: String) throws(ScenarioIssue) -> JSONNode {
    let start = position(offset)
    switch peek {
    case UInt8(ascii: "{"): return JSONNode(.object(try object()), at: start)
    case UInt8(ascii: "["): return JSONNode(.list(try list()), at: start)
    case UInt8(ascii: "\""): return JSONNode(.text(try text()), at: start)
    case UInt8(ascii: "-"): return JSONNode(.number(try number()), at: start)
    case .some(let byte) where isDigit(byte): return JSONNode(.number(try number()), at: start)
    default: break
    }
    let word = upcomingWord
    switch word {
    case "true", "false":
      offset += word.utf8.count
      return JSONNode(.flag(word == "true"), at: start)
    case "null":
      offset += word.utf8.count
      return JSONNode(.null, at: start)
    default: throw unexpectedValue(expected, word)
    }
  }

  private mutating func object() throws(ScenarioIssue) -> [JSONMember] {
    try enter()
    var members: [JSONMember] = []
    var places: [String: Int]?
    skipSpace()
    if !take("}") {
      repeat {
        skipSpace()
        let start = offset
        guard peek == UInt8(ascii: "\"") else { throw unexpectedName(afterComma: !members.isEmpty) }
        let name = try text()
        skipSpace()
        if !take(":") { throw syntax("\":\" after the name \(JSONWriter.quoted(name))") }
        skipSpace()
        path.append(.name(name))
        let member = JSONMember(
          name, try value("a value after \":\""), at: position(start))
        add(member, to: &members, &places)
        path.removeLast()
        skipSpace()
      } while take(",")
      if !take("}") { throw syntax("\",\" or \"}\"") }
    }
    depth -= 1
    return members
  }

  /// Adds a member whose name is new; `places` finds names once there are many.
  private mutating func add(
    _ member: JSONMember, to members: inout [JSONMember], _ places: inout [String: Int]?
  ) {
    if members.count == 16, places == nil {
      places = [:]
      for (index, member) in members.enumerated() { places?[member.name] = index }
    }
    let first = places.map { $0[member.name] } ?? members.firstIndex { $0.name == member.name }
    if let first {
      issues.append(duplicate(member, of: members[first]))
    } else {
      places?[member.name] = members.count
      members.append(member)
    }
  }

  private mutating func list() throws(ScenarioIssue) -> [JSONNode] {
    try enter()
    var elements: [JSONNode] = []
    skipSpace()
    if !take("]") {
      repeat {
        skipSpace()
        if peek == UInt8(ascii: "]") { throw trailingComma("a value") }
        path.append(.index(elements.count))
        elements.append(try value("a value"))
        path.removeLast()
        skipSpace()
      } while take(",")
      if !take("]") { throw syntax("\",\" or \"]\"") }
    }
    depth -= 1
    return elements
  }

  private mutating func enter() throws(ScenarioIssue) {
    if depth == limits.depth {
      throw ScenarioIssue(
        .tooDeep(limit: limits.depth), pointer: pointer, position: position(offset))
    }
    depth += 1
    offset += 1
  }

  private mutating func number() throws(ScenarioIssue) -> String {
    let start = offset
    _ = take("-")
    let whole = try digits("a digit after \"-\"")
    if whole.count > 1, bytes[whole.lowerBound] == UInt8(ascii: "0") {
      throw syntax("a number without leading zeros", found: upcoming(start), at: start)
    }
    if take(".") { _ = try digits("a digit after \".\"") }
    if let mark = peek, mark | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if !take("+") { _ = take("-") }
      _ = try digits("a digit of the exponent")
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func digits(_ expected: String) throws(ScenarioIssue) -> Range<Int> {
    let start = offset
    while let byte = peek, isDigit(byte) { offset += 1 }
    if offset == start { throw syntax(expected) }
    return start..<offset
  }

  // MARK: Steps

  /// The next byte, `nil` at the end.
  var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = peek,
      byte == UInt8(ascii: " ") || byte == newline || byte == carriageReturn
        || byte == UInt8(ascii: "\t")
    {
      offset += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// The place of a byte.
  func position(_ offset: Int) -> SourcePosition { SourcePosition(file: source, offset: offset) }

  private func duplicate(_ member: JSONMember, of first: JSONMember) -> ScenarioIssue {
    ScenarioIssue(
      .duplicateKey(name: member.name, first: first.position ?? position(0)), pointer: pointer,
      position: member.position)
  }

  private var pointer: JSONPointer {
    JSONPointer(
      path.map { step in
        switch step {
        case .name(let name): name
        case .index(let index): String(index)
        }
      })
  }
}
