/// A text that was read, with the name that messages give it.
public final class SourceFile: Sendable {
  /// What messages call it: a path, or for instance `--set /horizon`.
  public let name: String

  /// The bytes as they were read.
  public let bytes: [UInt8]

  /// Creates a source of `bytes` that messages call `name`.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Creates a source of `text` that messages call `name`.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The first byte of the text proper: 3 after a UTF-8 byte order mark, otherwise 0.
  var textStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}

/// A place in a source.
public struct SourcePosition: Hashable, Sendable {
  /// The source that the place is in.
  public let file: SourceFile

  /// The number of bytes before the place.
  public let offset: Int

  /// Creates the place after `offset` bytes of `file`.
  public init(file: SourceFile, offset: Int) {
    self.file = file
    self.offset = offset
  }

  /// The line, counted from 1; a line ends with a line feed.
  ///
  /// Complexity: one pass over the bytes before the place.
  public var line: Int {
    file.bytes[..<limit].reduce(1) { $0 + ($1 == newline ? 1 : 0) }
  }

  /// The column, counted from 1 in Unicode scalars; a byte order mark does not count.
  public var column: Int {
    file.bytes[lineStart..<limit].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// The text of the line, without its end.
  public var lineText: String {
    var end = limit
    while end < file.bytes.count, file.bytes[end] != newline { end += 1 }
    if end > lineStart, file.bytes[end - 1] == carriageReturn { end -= 1 }
    return String(decoding: file.bytes[lineStart..<end], as: UTF8.self)
  }

  private var limit: Int { max(file.textStart, min(offset, file.bytes.count)) }

  private var lineStart: Int {
    var start = limit
    while start > file.textStart, file.bytes[start - 1] != newline { start -= 1 }
    return start
  }

  /// Places are equal when the names of their files and their offsets are.
  public static func == (left: SourcePosition, right: SourcePosition) -> Bool {
    left.offset == right.offset && left.file.name == right.file.name
  }

  /// Hashes the name of the file and the offset.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(file.name)
    hasher.combine(offset)
  }
}

extension SourcePosition: CustomStringConvertible {
  /// The place as `file:line:column`.
  public var description: String { "\(file.name):\(line):\(column)" }
}

/// The byte of a line feed.
let newline = UInt8(ascii: "\n")

/// The byte of a carriage return.
let carriageReturn = UInt8(ascii: "\r")
