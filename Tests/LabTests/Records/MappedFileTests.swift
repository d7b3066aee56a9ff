import Foundation
import Testing

@testable import WeirLab

@Suite struct MappedFileTests {
  @Test(
    "the bytes are those of the file, before and after they are forgotten",
    arguments: [0, 1, 14, 15, 4095, 4096, 4097, 1_000_003])
  func bytes(_ count: Int) throws {
    let scratch = try Scratch()
    let path = scratch.path + "/file"
    let written = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    try written.write(to: URL(fileURLWithPath: path))
    let file = try MappedFile(path)
    #expect(file.bytes == written)
    file.forget()
    #expect(file.bytes == written)
  }

  @Test("another file in its place changes nothing")
  func replaced() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/file"
    let (first, second) = (Data(repeating: 1, count: 10_000), Data(repeating: 2, count: 10_000))
    try first.write(to: URL(fileURLWithPath: path))
    let file = try MappedFile(path)
    try second.write(to: URL(fileURLWithPath: path), options: .atomic)
    file.forget()
    #expect(file.bytes == first)
    #expect(try MappedFile(path).bytes == second)
  }

  @Test("what is not there, or no file, is refused")
  func refused() throws {
    let scratch = try Scratch()
    for (path, code) in [(scratch.path + "/none", ENOENT), (scratch.path, ENODEV)] {
      let failure = #expect(throws: MappedFile.Failure.self) { _ = try MappedFile(path) }
      #expect(failure?.code == code)
    }
  }

  #if os(Linux)
    @Test("memory that was looked at is given back")
    func memory() throws {
      let scratch = try Scratch()
      let name = UUID().uuidString
      let path = scratch.path + "/" + name
      try Data(repeating: 7, count: 4 << 20).write(to: URL(fileURLWithPath: path))
      /// The kilobytes of files in the memory of the process, as the system counts them.
      func resident() throws -> Int {
        let handle = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
        let lines = String(decoding: try #require(try handle.readToEnd()), as: UTF8.self)
          .split(separator: "\n")
        let place = try #require(lines.firstIndex { $0.hasSuffix(name) })
        let line = try #require(lines[place...].first { $0.hasPrefix("Rss:") })
        return try #require(Int(line.split(separator: " ")[1]))
      }
      let file = try MappedFile(path)
      let sum = file.bytes.reduce(0) { $0 &+ Int($1) }
      #expect(sum == 7 * (4 << 20))
      #expect(try resident() == 4 << 10)
      file.forget()
      #expect(try resident() == 0)
    }
  #endif
}
