import Foundation

/// How the bytes of a file are got, so that tests need no disk.
public struct FileReader: Sendable {
  private let read: @Sendable (String) -> Result<[UInt8], Unreadable>

  /// Why a file cannot be read.
  public struct Unreadable: Error, Sendable {
    /// The reason, in words.
    public let reason: String

    /// Creates the reason.
    public init(_ reason: String) { self.reason = reason }
  }

  /// Creates a reader.
  public init(_ read: @escaping @Sendable (String) -> Result<[UInt8], Unreadable>) {
    self.read = read
  }

  /// The bytes of the file at `path`.
  public func bytes(of path: String) throws(Unreadable) -> [UInt8] { try read(path).get() }

  /// The files of the disk.
  public static let disk = FileReader { path in
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return .failure(Unreadable("there is no such file"))
    }
    if isFolder.boolValue { return .failure(Unreadable("it is a folder")) }
    guard let data = FileManager.default.contents(atPath: path) else {
      return .failure(Unreadable("it cannot be read"))
    }
    return .success([UInt8](data))
  }

  /// Files given as texts by their simplest path.
  public static func texts(_ texts: [String: String]) -> FileReader {
    FileReader { path in
      texts[ScenarioExpansion.simplified(path)].map { .success(Array($0.utf8)) }
        ?? .failure(Unreadable("there is no such file"))
    }
  }
}
