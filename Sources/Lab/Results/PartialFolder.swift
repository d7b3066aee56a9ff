import Foundation

/// A hidden folder for what is not complete yet, in the place where it will stand.
///
/// The process holds a lock on it. What a process leaves that was killed is nobody's, which the
/// next one sees by the lock, and removes.
final class PartialFolder {
  /// The folder.
  let path: String
  private let lock: Int32
  private var isOpen = true

  private static let lockName = ".lock"
  private static let ending = ".partial"
  private static let oldEnding = ".old"

  /// Where what stands in the way of the complete folder is moved first.
  var old: String { path + Self.oldEnding }

  /// Makes a folder for `name` in `parent`, which is there, and removes those that are nobody's.
  init(for name: String, in parent: String) throws(ResultFailure) {
    let start = parent + "/." + name + "." + UUID().uuidString
    path = start + Self.ending
    Self.removeAbandoned(for: name, in: parent)
    // It gets its name only with the lock, so that nobody takes it for abandoned before.
    let unlocked = start + ".new"
    if mkdir(unlocked, 0o777) != 0 { throw .lastError(at: path) }
    lock = open(unlocked + "/" + Self.lockName, O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, rename(unlocked, path) == 0 else {
      let failure = ResultFailure.lastError(at: path)
      try? FileManager.default.removeItem(atPath: unlocked)
      throw failure
    }
  }

  deinit {
    discard()
    close(lock)
  }

  /// Moves the folder to its place, where nothing is, and where it belongs to nobody any more.
  ///
  /// The lock is kept until the folder stands there, so that no moment is without an owner.
  ///
  /// - Returns: Whether that went well; the system says otherwise why not.
  func move(to place: String) -> Bool {
    guard rename(path, place) == 0 else { return false }
    isOpen = false
    unlink(place + "/" + Self.lockName)
    return true
  }

  /// Removes the folder with all that is in it.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    // A thread that still writes finds no folder under the old name, and puts nothing into it.
    let renamed = String(path.dropLast(Self.ending.count)) + ".gone" + Self.ending
    Self.remove(rename(path, renamed) == 0 ? renamed : path)
  }

  /// Removes a folder, its lock last: when that is interrupted, the rest can be told as nobody's.
  private static func remove(_ folder: String) {
    let files = FileManager.default
    for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] where name != lockName {
      try? files.removeItem(atPath: folder + "/" + name)
    }
    try? files.removeItem(atPath: folder)
  }

  /// Removes the folders that killed processes left for `name` in `parent`.
  private static func removeAbandoned(for name: String, in parent: String) {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for entry in entries where entry.hasPrefix("." + name + ".") {
      let folder = parent + "/" + entry
      // What made room for new results has served when they stand.
      if entry.hasSuffix(ending + oldEnding), access(parent + "/" + name, F_OK) == 0 {
        try? FileManager.default.removeItem(atPath: folder)
      }
      guard entry.hasSuffix(ending) else { continue }
      let lock = open(folder + "/" + lockName, O_RDWR | O_CLOEXEC)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { remove(folder) }
      close(lock)
    }
  }
}
