import Foundation
import Testing

@testable import WeirLab

/// A folder of its own for one test, gone when the test is.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// All that is in it, hidden files included.
  var contents: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }
}

@Suite struct ResultFolderTests {
  static let owner = ResultFolder.Owner(name: "tiny", file: "tiny.json")

  private func publish(
    _ text: String, to target: String, as owner: ResultFolder.Owner = Self.owner,
    force: Bool = false
  ) throws(ResultFailure) {
    let folder = try ResultFolder(at: target, owner: owner, replacesOthers: force)
    try folder.write(text, to: "runs.csv")
    let manifest = #"{"name": "\#(owner.name)", "file": "\#(owner.file)", "runs": "\#(text)"}"#
    try folder.write(manifest, to: Manifest.fileName)
    _ = try folder.publish()
  }

  private func text(_ target: String) throws -> String {
    try String(contentsOfFile: target + "/runs.csv", encoding: .utf8)
  }

  @Test("a folder appears whole, and nothing else stays")
  func appears() throws {
    let scratch = try Scratch()
    try publish("1", to: scratch.path + "/a/b/tiny/")
    #expect(try text(scratch.path + "/a/b/tiny") == "1")
    let beside = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/a/b")
    #expect(beside == ["tiny"])
  }

  @Test("the same study replaces its folder")
  func replaces() throws {
    let scratch = try Scratch()
    try publish("1", to: scratch.path + "/tiny")
    try publish("2", to: scratch.path + "/tiny")
    #expect(try text(scratch.path + "/tiny") == "2")
    #expect(scratch.contents == ["tiny"])
  }

  @Test("what was made from results stays while they are the same, and goes with them")
  func carriesOver() throws {
    let scratch = try Scratch()
    let place = scratch.path + "/tiny"
    try publish("1", to: place)
    try "a report of 1".write(toFile: place + "/report.html", atomically: true, encoding: .utf8)
    try publish("1", to: place)
    #expect(try String(contentsOfFile: place + "/report.html", encoding: .utf8) == "a report of 1")
    try publish("2", to: place)
    let left = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    #expect(left == [Manifest.fileName, "runs.csv"])
    #expect(scratch.contents == ["tiny"])
  }

  @Test(
    "another study's folder stays, unless forced",
    arguments: [
      ResultFolder.Owner(name: "other", file: "tiny.json"),
      ResultFolder.Owner(name: "tiny", file: "other.json"),
    ])
  func others(_ other: ResultFolder.Owner) throws {
    let scratch = try Scratch()
    let target = scratch.path + "/tiny"
    try publish("1", to: target, as: other)
    #expect(
      throws: ResultFailure.occupied(
        folder: target, by: .study(name: other.name, file: other.file))
    ) { try publish("2", to: target) }
    #expect(try text(target) == "1")
    #expect(scratch.contents == ["tiny"])
    try publish("2", to: target, force: true)
    #expect(try text(target) == "2")
  }

  @Test("files without a manifest are never taken for results")
  func strangers() throws {
    let scratch = try Scratch()
    #expect(throws: ResultFailure.self) { try publish("1", to: #filePath, force: true) }
    let target = scratch.path + "/tiny"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    try publish("empty folders are free", to: target)
    try FileManager.default.removeItem(atPath: target + "/" + Manifest.fileName)
    #expect(throws: ResultFailure.occupied(folder: target, by: .otherFiles)) {
      try publish("2", to: target)
    }
    #expect(try text(target) == "empty folders are free")
  }

  @Test("a place where nothing can be written is named with the reason")
  func unwritable() throws {
    let failure = #expect(throws: ResultFailure.self) {
      try publish("1", to: "/proc/weir/tiny")
    }
    guard case .cannotWrite(let path, let reason) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(path.hasPrefix("/proc"))
    #expect(!reason.isEmpty)
  }

  @Test("what is thrown away leaves nothing, and earlier results as they were")
  func discarded() throws {
    let scratch = try Scratch()
    let target = scratch.path + "/tiny"
    try publish("1", to: target)
    do {
      let folder = try ResultFolder(at: target, owner: Self.owner, replacesOthers: false)
      try folder.write("half", to: "runs.csv")
    }
    #expect(scratch.contents == ["tiny"])
    #expect(try text(target) == "1")
  }

  @Test("a disk that is full is named with the reason")
  func full() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else {
      print("SKIP a disk that is full: there is no /dev/full")
      return
    }
    let file = try OutputFile("full", in: "/dev", flags: 0)
    #expect(throws: ResultFailure.cannotWrite(path: "/dev/full", reason: "No space left on device"))
    { try file.write("no room for this") }
  }
}
