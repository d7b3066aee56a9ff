import Synchronization

/// A file that a document names, as it was found, together with what was made of it.
///
/// Everything that names the same file shares one object. What a reader makes of its bytes is made
/// once too, so that a document which is read again, or names the file twice, does not hold the
/// rows of a large file twice.
public final class InputFile: Sendable {
  /// The path as the document writes it.
  public let path: String

  /// The bytes, unpacked, with the name that messages give them.
  public let source: SourceFile

  /// The number of bytes as they are stored, packed or not.
  public let storedSize: Int

  /// The SHA-256 digest of the bytes as they are stored, as 64 hexadecimal digits.
  public let storedDigest: String

  private let contents = Mutex<[String: any Sendable]>([:])

  /// Creates a file of bytes that were `stored`, perhaps packed.
  public init(path: String, source: SourceFile, stored: [UInt8]) {
    self.path = path
    self.source = source
    storedSize = stored.count
    var digest = SHA256()
    digest.update(stored)
    storedDigest = digest.hexadecimalDigest()
  }

  /// Creates a plain file of some text, for tests and examples.
  public convenience init(path: String, text: String) {
    let source = SourceFile(name: path, text: text)
    self.init(path: path, source: source, stored: source.bytes)
  }

  /// The file that stands in for one that is only described, or was not found.
  static let placeholder = InputFile(path: "", text: "")

  /// Whether this stands in for a file that is only described, or was not found.
  public var isPlaceholder: Bool { path.isEmpty }

  /// What `make` makes of the bytes; made only when nothing of that name was made before.
  ///
  /// `name` names what is made, and everything that it depends on besides the bytes.
  public func content<Content: Sendable>(
    _ name: String, _ make: (SourceFile) -> Content
  ) -> Content {
    contents.withLock { contents in
      if let made = contents[name] as? Content { return made }
      let content = make(source)
      contents[name] = content
      return content
    }
  }
}

/// The files that documents may name, so that declarations need no disk.
public struct InputFiles: Sendable {
  /// Why there is no such file.
  public enum Failure: Error, Sendable {
    /// It is nowhere; `searched` are the places where it was looked for, in order.
    case missing(searched: [String])
    /// It is there and cannot be used.
    case unusable(reason: String)
  }

  private let find: @Sendable (String, SourcePosition?) -> Result<InputFile, Failure>

  /// Creates files that are found by the path and the place where a document writes it.
  public init(
    _ find: @escaping @Sendable (String, SourcePosition?) -> Result<InputFile, Failure>
  ) {
    self.find = find
  }

  /// The file at `path`, which is written at `position`.
  public func file(
    at path: String, askedFor position: SourcePosition?
  ) throws(Failure) -> InputFile {
    try find(path, position).get()
  }

  /// No files at all.
  public static let none = InputFiles { _, _ in .failure(.missing(searched: [])) }
}

extension ValueKind where Value == InputFile {
  /// The path of a file, which is found and read at once.
  public static var inputFile: ValueKind {
    let shape = Shape.text(1...4096)
    return ValueKind(
      shape: shape, placeholder: { .placeholder },
      read: { node, reader in
        guard let path = node.text else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        guard (1...4096).contains(path.unicodeScalars.count) else {
          reader.recordOutOfRange(shape, node)
          return nil
        }
        do throws(InputFiles.Failure) {
          let file = try reader.inputs.file(at: path, askedFor: node.position)
          reader.add(file)
          return file
        } catch {
          switch error {
          case .missing(let searched):
            reader.record(.missingFile(path: path, searched: searched), node)
          case .unusable(let reason):
            reader.record(.unusable(reason: reason), node)
          }
          return nil
        }
      }, write: { .text($0.path) })
  }
}
