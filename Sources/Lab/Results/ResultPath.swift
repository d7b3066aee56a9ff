import Foundation

/// Paths of folders, as a person names them.
public enum ResultPath {
  /// The path without slashes at its end; the root keeps its one.
  public static func withoutSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }

  /// Makes a folder with all above it, unless it is there.
  public static func makeFolder(_ path: String) throws(ResultFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, reason: ResultFailure.reason(error))
    }
  }
}

extension ResultFailure {
  /// Why the system refused, in its words.
  public static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(cause.code)))
  }
}
