import Foundation
import WeirFormats

/// A folder of results in the making: written beside its place, and moved there when complete.
///
/// Whatever goes wrong on the way, what was in the place before is still there.
final class ResultFolder {
  /// Whose results they are.
  struct Owner: Sendable, Equatable {
    let name: String
    let file: String
  }

  private let target: String
  private let owner: Owner
  private let replacesOthers: Bool
  private let partial: PartialFolder
  private(set) var files: [OutputFile] = []

  /// Prepares to write to `target`, whose parents are made.
  ///
  /// - Throws: When something else is in the place, or nothing can be written there.
  init(at target: String, owner: Owner, replacesOthers: Bool) throws(ResultFailure) {
    self.target = ResultPath.withoutSlashes(target)
    self.owner = owner
    self.replacesOthers = replacesOthers
    let url = URL(fileURLWithPath: self.target)
    let parent = url.deletingLastPathComponent().path
    try Self.checkPlace(self.target, owner, replacesOthers)
    try ResultPath.makeFolder(parent)
    partial = try PartialFolder(for: url.lastPathComponent, in: parent)
  }

  /// The folder that is being written.
  var path: String { partial.path }

  /// Begins a file of the folder.
  func file(_ name: String) throws(ResultFailure) -> OutputFile {
    let file = try OutputFile(name, in: path)
    files.append(file)
    return file
  }

  /// Writes a whole file.
  func write(_ text: String, to name: String) throws(ResultFailure) {
    try file(name).write(text)
  }

  /// Moves the folder to its place; what was there goes only when the new one stands.
  ///
  /// When the results are those that were there, what was made from them stays beside them, such
  /// as a report.
  ///
  /// - Parameter suffix: Added to the name of the place, for results that are not complete.
  /// - Returns: The place.
  func publish(suffix: String = "") throws(ResultFailure) -> String {
    for file in files { try file.close() }
    let place = target + suffix
    try Self.checkPlace(place, owner, replacesOthers)
    let old = partial.old
    let hasOld = rename(place, old) == 0
    if !hasOld, errno != ENOENT { throw .lastError(at: place) }
    if !partial.move(to: place) {
      let failure = ResultFailure.lastError(at: place)
      if hasOld { _ = rename(old, place) }
      throw failure
    }
    if hasOld {
      if Self.areTheSame(old, place) { Self.carryOver(from: old, to: place) }
      try? FileManager.default.removeItem(atPath: old)
    }
    return place
  }

  /// Whether two folders hold the same results: their manifests have the digest of every file.
  private static func areTheSame(_ one: String, _ other: String) -> Bool {
    let name = "/" + Manifest.fileName
    return FileManager.default.contentsEqual(atPath: one + name, andPath: other + name)
  }

  /// Moves what another folder has besides.
  private static func carryOver(from old: String, to place: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: old)) ?? []
    where access("\(place)/\(name)", F_OK) != 0 {
      rename("\(old)/\(name)", "\(place)/\(name)")
    }
  }

  /// Removes what was written so far.
  func discard() { partial.discard() }

  /// Checks that results of `owner` may be put in a place.
  private static func checkPlace(
    _ place: String, _ owner: Owner, _ replacesOthers: Bool
  ) throws(ResultFailure) {
    guard let occupant = occupant(of: place) else { return }
    switch occupant {
    case .study(owner.name, owner.file): return
    case .notAFolder: throw .occupied(folder: place, by: occupant)
    default: if !replacesOthers { throw .occupied(folder: place, by: occupant) }
    }
  }

  /// What is in a place; `nil` when that is nothing, or an empty folder.
  private static func occupant(of place: String) -> ResultFailure.Occupant? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { return nil }
    guard isFolder.boolValue else { return .notAFolder }
    if (try? FileManager.default.contentsOfDirectory(atPath: place))?.isEmpty == true { return nil }
    let path = place + "/" + Manifest.fileName
    guard let data = FileManager.default.contents(atPath: path),
      let node = JSONNode.parse(SourceFile(name: path, bytes: [UInt8](data))).node,
      let owner = Manifest.owner(in: node)
    else { return .otherFiles }
    return .study(name: owner.name, file: owner.file)
  }
}
