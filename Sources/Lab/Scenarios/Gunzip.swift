import WeirSystem

/// The system's `gunzip`, which unpacks input files.
struct Gunzip: Sendable {
  /// The folders in which the program is looked for, in order.
  let folders: [String]

  /// The most bytes that a file may have when it is unpacked: 4 GiB.
  static let greatestSize = 1 << 32

  /// The program of the folders in `PATH`.
  static let system = Gunzip(
    folders: (Variables.value(of: "PATH") ?? "").split(separator: ":").map(String.init))

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
    let input = open(path, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw FileReader.Unreadable("it cannot be read") }
    defer { close(input) }
    let process: ChildProcess
    do throws(ChildProcess.Failure) {
      // The file is the standard input, so that its name needs no ending and may begin with a dash.
      process = try ChildProcess(program, ["-c"], input: input)
    } catch {
      throw FileReader.Unreadable("gunzip cannot be started: \(error.reason)")
    }
    let bytes = Descriptor.bytes(from: process.output, limit: Self.greatestSize)
    if bytes == nil { process.stop() }
    let complaint = Descriptor.bytes(from: process.errors) ?? []
    let isFine = process.end()
    guard let bytes else {
      throw FileReader.Unreadable("it has more than \(Self.greatestSize) bytes when unpacked")
    }
    guard isFine else {
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
}
