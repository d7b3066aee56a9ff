import Foundation
import Testing

@testable import WeirLab

@Suite struct BuildIdentifierTests {
  static let digest: [UInt8] = (1...20).map { UInt8($0 * 11) }

  /// A file of the ELF format with one program header, of the notes given.
  static func program(_ notes: [UInt8], segment: UInt32 = 4) -> [UInt8] {
    var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]
    file += [UInt8](repeating: 0, count: 24)
    file += little(UInt64(64))  // where the program headers begin
    file += [UInt8](repeating: 0, count: 14)
    file += little(UInt16(56)) + little(UInt16(1))  // their size and number
    file += [UInt8](repeating: 0, count: 64 - file.count)
    file += little(segment) + little(UInt32(4)) + little(UInt64(120))
    file += [UInt8](repeating: 0, count: 16) + little(UInt64(notes.count))
    file += [UInt8](repeating: 0, count: 120 - file.count)
    return file + notes
  }

  static func note(_ owner: String, _ type: UInt32, _ content: [UInt8]) -> [UInt8] {
    let name = Array(owner.utf8) + [0]
    let padding = [UInt8](repeating: 0, count: (4 - name.count % 4) % 4)
    let tail = [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    return little(UInt32(name.count)) + little(UInt32(content.count)) + little(type) + name
      + padding + content + tail
  }

  static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  static func found(_ file: [UInt8]) -> [UInt8]? {
    file.withUnsafeBytes { BuildIdentifier.bytes(in: $0) }
  }

  @Test("the build id is found behind other notes")
  func found() {
    let others = Self.note("GNU", 1, [0, 0, 0, 0, 3, 2, 0]) + Self.note("stapsdt", 3, [9])
    let file = Self.program(others + Self.note("GNU", 3, Self.digest))
    #expect(Self.found(file) == Self.digest)
  }

  @Test("a program without a build id has none")
  func absent() {
    #expect(Self.found(Self.program(Self.note("GNU", 1, [1, 2, 3, 4]))) == nil)
    #expect(Self.found(Self.program(Self.note("GNU", 3, Self.digest), segment: 1)) == nil)
    #expect(Self.found(Array("#!/bin/sh\n".utf8)) == nil)
    #expect(Self.found([]) == nil)
  }

  @Test("a file that is cut off anywhere, or holds anything, has none and ends nothing")
  func broken() {
    let whole = Self.program(Self.note("GNU", 3, Self.digest))
    for count in whole.indices { #expect(Self.found(Array(whole[..<count])) == nil, "\(count)") }
    for place in whole.indices {
      var other = whole
      other[place] = 0xFF
      // What it finds is not asked: only that it ends, within the file.
      _ = Self.found(other)
    }
  }

  #if os(Linux)
    @Test("the one that readelf finds in this program")
    func readelf() throws {
      let path = try #require(
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      guard
        let tool = ["/usr/bin/readelf", "/bin/readelf"].first(
          where: FileManager.default.isExecutableFile)
      else {
        print("skipped: BuildIdentifierTests.readelf, since this machine has no readelf")
        return
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: tool)
      process.arguments = ["--notes", "--wide", path]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let expected = text.split(separator: "\n").first { $0.contains("Build ID: ") }?
        .split(separator: " ").last.map(String.init)
      let program = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
      let own = program.withUnsafeBytes { BuildIdentifier.bytes(in: $0) }
      #expect(own?.map { String(format: "%02x", $0) }.joined() == expected)
    }
  #endif
}
