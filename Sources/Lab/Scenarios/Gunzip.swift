import Foundation

/// The system's `gunzip`, which unpacks input files.
struct Gunzip: Sendable {
  /// The folders in which the program is looked for, in order.
  let folders: [String]

  /// The most bytes that a file may have when it is unpacked: 4 GiB.
  static let greatestSize = 1 << 32

  /// The program of the folders in `PATH`.
  static let system = Gunzip(
    folders: getenv("PATH").map { String(cString: $0) }?.split(separator: ":").map(String.init)
      ?? [])

  /// Whether bytes are packed, by their first two.
  ///
  /// Source: RFC 1952, section 2.3.1.
  static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The bytes that are packed in the file at `path`.
  func unpacked(fileAt path: String) throws(FileReader.Unreadable) -> [UInt8] {
    guard let program else {
      throw FileReader.Unreadable(
        "it is packed, and there is no gunzip in PATH: install gzip, or unpack the file")
    }
    guard let input = FileHandle(forReadingAtPath: path) else {
      throw FileReader.Unreadable("it cannot be read")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-c"]
    // The file is the standard input, so that its name needs no ending and may begin with a dash.
    process.standardInput = input
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw FileReader.Unreadable("gunzip cannot be started: \(error.localizedDescription)")
    }
    let bytes = Self.bytes(of: output.fileHandleForReading)
    if bytes == nil { process.terminate() }
    let complaint = Self.bytes(of: errors.fileHandleForReading) ?? []
    process.waitUntilExit()
    guard let bytes else {
      throw FileReader.Unreadable("it has more than \(Self.greatestSize) bytes when unpacked")
    }
    guard process.terminationStatus == 0 else {
      let words = String(decoding: complaint, as: UTF8.self).split(whereSeparator: \.isNewline)
      throw FileReader.Unreadable(
        "it cannot be unpacked: " + (words.last { !$0.isEmpty }.map(String.init) ?? "gunzip failed")
      )
    }
    return bytes
  }

  private var program: String? {
    folders.map { $0 + "/gunzip" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// All bytes that come; `nil` when they are too many.
  private static func bytes(of handle: FileHandle) -> [UInt8]? {
    var bytes: [UInt8] = []
    while let piece = try? handle.read(upToCount: 1 << 20), !piece.isEmpty {
      bytes += piece
      if bytes.count > greatestSize { return nil }
    }
    return bytes
  }
}
