import Foundation
public import WeirLab

/// Writes texts to files, whole or not at all.
public enum TextFile {
  /// Writes `text` to the file at `path`, in place of what was there; its folder must exist.
  public static func write(_ text: String, to path: String) throws(ResultFailure) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .cannotWrite(path: path, reason: reason(error))
    }
  }

  /// Makes a folder, and those above it, where there is none.
  public static func makeFolder(_ path: String) throws(ResultFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(cause.code)))
  }
}
