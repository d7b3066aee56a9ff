/// The build id of a program: a digest of its content that the linker writes into it.
///
/// Source: the System V ABI for the file header and the program headers; the LSB and GNU's linkers
/// for the note of type 3 (`NT_GNU_BUILD_ID`) of the owner `GNU`.
enum BuildIdentifier {
  /// The build id in an ELF file of 64 bits, least byte first; `nil` where there is none.
  ///
  /// Complexity: linear in the headers and the notes, which are a few hundred bytes.
  static func bytes(in program: UnsafeRawBufferPointer) -> [UInt8]? {
    let file = ELFBytes(bytes: program)
    guard file.matches([0x7F, 0x45, 0x4C, 0x46, 2, 1], at: 0),
      let first = file.word(at: 32), let size = file.number(at: 54, bytes: 2),
      let count = file.number(at: 56, bytes: 2)
    else { return nil }
    for header in 0..<count {
      let start = first &+ header &* size
      guard file.number(at: start, bytes: 4) == noteSegment else { continue }
      guard let offset = file.word(at: start &+ 8), let length = file.word(at: start &+ 32) else {
        return nil
      }
      if let found = search(file, from: offset, length: length) { return found }
    }
    return nil
  }

  /// The type of a segment of notes.
  private static let noteSegment = 4
  /// The type of the note with the build id.
  private static let buildIdentifierNote = 3

  /// The build id among the notes of a segment.
  private static func search(_ file: ELFBytes, from offset: Int, length: Int) -> [UInt8]? {
    var note = offset
    while note &- offset < length,
      let nameSize = file.number(at: note, bytes: 4),
      let size = file.number(at: note &+ 4, bytes: 4),
      let type = file.number(at: note &+ 8, bytes: 4)
    {
      let name = note &+ 12
      let content = name &+ (nameSize &+ 3) & ~3
      if type == buildIdentifierNote, nameSize == 4, file.matches([0x47, 0x4E, 0x55, 0], at: name) {
        return size > 0 ? file.bytes(at: content, count: size) : nil
      }
      note = content &+ (size &+ 3) & ~3
    }
    return nil
  }
}

/// The bytes of a file that may be cut off or hold anything: nothing is read beyond their end.
private struct ELFBytes {
  let bytes: UnsafeRawBufferPointer

  /// The number of 8 bytes at `offset`; `nil` when it is no place in a file.
  func word(at offset: Int) -> Int? { number(at: offset, bytes: 8) }

  /// The number of `count` bytes at `offset`, least byte first; `nil` when it is not all there.
  func number(at offset: Int, bytes count: Int) -> Int? {
    guard let bytes = bytes(at: offset, count: count) else { return nil }
    let number = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: number)
  }

  /// Whether the bytes at `offset` are these.
  func matches(_ expected: [UInt8], at offset: Int) -> Bool {
    bytes(at: offset, count: expected.count) == expected
  }

  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
      return nil
    }
    return Array(bytes[offset..<(offset + count)])
  }
}
