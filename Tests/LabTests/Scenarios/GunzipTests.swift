import Foundation
import Testing

@testable import WeirLab

@Suite struct GunzipTests {
  /// `printf 'time_ns\n1\n2\n' | gzip -n9`.
  static let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0xC9, 0xCC, 0x4D,
    0x8D, 0xCF, 0x2B, 0xE6, 0x32, 0xE4, 0x32, 0xE2, 0x02, 0x00, 0x13, 0x89, 0xC1, 0x9D,
    0x0C, 0x00, 0x00, 0x00,
  ]

  static let text = "time_ns\n1\n2\n"

  /// Whether the program is here; when it is not, says that a test is skipped.
  static func isHere() -> Bool {
    let isHere = Gunzip.system.folders.contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/gunzip")
    }
    if !isHere { print("SKIP: unpacking is not tested, there is no gunzip in PATH") }
    return isHere
  }

  @Test("packed bytes are known by their first two, whatever the file is called")
  func isPacked() {
    #expect(Gunzip.isPacked(Self.packed))
    #expect(!Gunzip.isPacked(Array(Self.text.utf8)))
    #expect(!Gunzip.isPacked([]))
  }

  @Test("the system's gunzip unpacks a file, even one whose name looks like an option")
  func unpacks() throws {
    guard Self.isHere() else { return }
    let scratch = try Scratch()
    for name in ["plain.gz", "-d", "no ending"] {
      let path = try scratch.write(Self.packed, to: name)
      let bytes = try Gunzip.system.unpacked(fileAt: path)
      #expect(String(decoding: bytes, as: UTF8.self) == Self.text)
    }
  }

  @Test("a large file comes out whole")
  func large() throws {
    guard Self.isHere() else { return }
    let scratch = try Scratch()
    // Packed here by the program's own other half, as no vector of this size is committed.
    let path = try scratch.write(Array(repeating: 0, count: 3_000_000), to: "zeros")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", path]
    try process.run()
    process.waitUntilExit()
    #expect(try Gunzip.system.unpacked(fileAt: path + ".gz").count == 3_000_000)
  }

  @Test("a damaged file is refused with the program's reason")
  func damaged_Fails() throws {
    guard Self.isHere() else { return }
    let scratch = try Scratch()
    var bytes = Self.packed
    bytes[bytes.count - 5] ^= 1
    let path = try scratch.write(bytes, to: "damaged.gz")
    let error = try #require(throws: FileReader.Unreadable.self) {
      try Gunzip.system.unpacked(fileAt: path)
    }
    #expect(error.reason.hasPrefix("it cannot be unpacked: "))
    #expect(!error.isMissing)
  }

  @Test("without the program the error says what to do")
  func missing_Fails() throws {
    let error = try #require(throws: FileReader.Unreadable.self) {
      try Gunzip(folders: ["/no/such/folder"]).unpacked(fileAt: #filePath)
    }
    #expect(error.reason.contains("no gunzip in PATH: install gzip, or unpack the file"))
  }
}

extension Scratch {
  /// Writes a file and returns its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let path = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }
}
