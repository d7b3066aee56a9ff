import Foundation

/// How the bytes of a file are got, so that tests need no disk.
public struct FileReader: Sendable {
  private let read: @Sendable (String) -> Result<[UInt8], Unreadable>

  /// Why a file cannot be read.
  public struct Unreadable: Error, Sendable {
    /// The reason, in words.
    public let reason: String
    /// Whether there is no such file at all.
    public let isMissing: Bool

    /// Creates the reason.
    public init(_ reason: String, isMissing: Bool = false) {
      self.reason = reason
      self.isMissing = isMissing
    }

    /// There is no such file.
    public static let missing = Unreadable("there is no such file", isMissing: true)
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
      return .failure(.missing)
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
        ?? .failure(.missing)
    }
  }
}
