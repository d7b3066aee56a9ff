import Foundation
import Testing

@testable import WeirLab

@Suite struct PartialFolderTests {
  @Test("a folder is there until it is thrown away, and hidden")
  func lifetime() throws {
    let scratch = try Scratch()
    let folder = try PartialFolder(for: "tiny", in: scratch.path)
    #expect(scratch.contents.count == 1)
    #expect(scratch.contents[0].hasPrefix(".tiny."))
    folder.discard()
    #expect(scratch.contents.isEmpty)
  }

  @Test("what a killed process left is removed, and what another one works on is not")
  func abandoned() throws {
    let scratch = try Scratch()
    let folders = FileManager.default
    // A lock goes with its process; a file without a lock is what is left.
    for name in [".tiny.1.partial", ".other.1.partial"] {
      let path = scratch.path + "/" + name
      try folders.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: path + "/.lock"))
    }
    let first = try PartialFolder(for: "tiny", in: scratch.path)
    let second = try PartialFolder(for: "tiny", in: scratch.path)
    #expect(folders.fileExists(atPath: first.path))
    #expect(folders.fileExists(atPath: second.path))
    #expect(!folders.fileExists(atPath: scratch.path + "/.tiny.1.partial"))
    #expect(folders.fileExists(atPath: scratch.path + "/.other.1.partial"))
  }
}
