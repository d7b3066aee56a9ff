import Foundation
import WeirFormats

extension Doctor {
  /// What the place of results can do.
  var files: [DoctorFinding] {
    do throws(ResultFailure) {
      try ResultPath.makeFolder(folder)
      let work = try PartialFolder(for: "doctor", in: folder)
      return [try renames(in: work), try locks(in: work), space]
    } catch {
      guard case .cannotWrite(let path, let reason) = error else { return [] }
      return [
        DoctorFinding(
          name: "files", verdict: .unusable, text: "\(path) cannot be written: \(reason)")
      ]
    }
  }

  /// Whether a file takes the place of another at once: a reader sees the one or the other, whole.
  private func renames(in work: PartialFolder) throws(ResultFailure) -> DoctorFinding {
    let place = work.path + "/place"
    let rounds = 200
    let texts = ["a", "b"].map { String(repeating: $0, count: 4096) }
    try Self.put(texts[0], at: place, in: work)
    let reading = Reading()
    let thread = Thread {
      while !reading.isOver {
        let bytes = FileManager.default.contents(atPath: place)
        let text = bytes.map { String(decoding: $0, as: UTF8.self) }
        reading.note(isWhole: text.map { texts.contains($0) } ?? false)
      }
    }
    thread.start()
    var failure: ResultFailure?
    for round in 0..<rounds where failure == nil {
      do throws(ResultFailure) {
        try Self.put(texts[round % 2], at: place, in: work)
      } catch {
        failure = error
      }
    }
    let (reads, torn) = reading.end()
    if let failure { throw failure }
    return DoctorFinding(
      name: "atomic rename", verdict: torn == 0 ? .good : .unusable,
      text: torn == 0
        ? "\(rounds) replacements of a file, which was whole in each of \(reads) reads"
        : "\(torn) of \(reads) reads saw a file that was not whole while it was replaced")
  }

  private static func put(
    _ text: String, at place: String, in work: PartialFolder
  ) throws(ResultFailure) {
    let name = "draft"
    let file = try OutputFile(name, in: work.path)
    try file.write(text)
    try file.close()
    if rename(work.path + "/" + name, place) != 0 { throw .lastError(at: place) }
  }

  /// Whether a lock keeps others out, by which what killed processes left is told from what is in
  /// use.
  private func locks(in work: PartialFolder) throws(ResultFailure) -> DoctorFinding {
    let other = try PartialFolder(for: "doctor", in: folder)
    let isThere = access(work.path, F_OK) == 0 && access(other.path, F_OK) == 0
    return DoctorFinding(
      name: "locks", verdict: isThere ? .good : .unusable,
      text: isThere
        ? "a folder in use is told from one that was left"
        : "a folder in use is taken for one that was left: use another file system")
  }

  private var space: DoctorFinding {
    let facts = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    guard let free = (facts?[.systemFreeSize] as? NSNumber)?.int64Value else {
      return DoctorFinding(name: "free space", verdict: .note, text: "not known in \(folder)")
    }
    let mebibytes = free >> 20
    return DoctorFinding(
      name: "free space", verdict: mebibytes < 100 ? .note : .good,
      text: "\(NumberText.grouped(mebibytes)) MiB in \(folder)"
        + (mebibytes < 100 ? ": little for large studies" : ""))
  }

  /// Whether packed traces can be read.
  static func gunzip(_ gunzip: Gunzip = .system) -> DoctorFinding {
    // "weir\n", as gzip -n9 packs it.
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0x4F, 0xCD, 0x2C,
      0xE2, 0x02, 0x00, 0x36, 0xCE, 0xF2, 0x3B, 0x05, 0x00, 0x00, 0x00,
    ]
    let path = FileManager.default.temporaryDirectory.path + "/weir-" + UUID().uuidString + ".gz"
    defer { try? FileManager.default.removeItem(atPath: path) }
    guard FileManager.default.createFile(atPath: path, contents: Data(packed)) else {
      return DoctorFinding(name: "gunzip", verdict: .note, text: "\(path) cannot be written")
    }
    do throws(FileReader.Unreadable) {
      let bytes = try gunzip.unpacked(fileAt: path)
      let isRight = bytes == Array("weir\n".utf8)
      return DoctorFinding(
        name: "gunzip", verdict: isRight ? .good : .note,
        text: isRight ? "packed traces can be read" : "it unpacks something else")
    } catch {
      return DoctorFinding(name: "gunzip", verdict: .note, text: error.reason)
    }
  }
}

/// What a thread reads while another one writes.
private final class Reading: @unchecked Sendable {
  // All state is guarded by the condition's lock.
  private let condition = NSCondition()
  private var reads = 0
  private var torn = 0
  private var isStopping = false

  /// Whether to stop reading.
  var isOver: Bool {
    condition.lock()
    defer { condition.unlock() }
    return isStopping
  }

  func note(isWhole: Bool) {
    condition.lock()
    if !isStopping {
      reads += 1
      if !isWhole { torn += 1 }
    }
    condition.broadcast()
    condition.unlock()
  }

  /// The reads so far, of which there is one at least, and those that were not whole.
  func end() -> (reads: Int, torn: Int) {
    condition.lock()
    defer { condition.unlock() }
    while reads == 0 { condition.wait() }
    isStopping = true
    return (reads, torn)
  }
}
