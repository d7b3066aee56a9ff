import Foundation
public import WeirLab

/// Writes texts to files, whole or not at all.
public enum TextFile {
  /// Writes `text` to the file at `path`, in place of what was there; its folder must exist.
  public static func write(_ text: String, to path: String) throws(ResultFailure) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .cannotWrite(path: path, reason: ResultFailure.reason(error))
    }
  }

  /// Writes `text` behind what is in the file at `path`; a file that is not there is made.
  public static func append(_ text: String, to path: String) throws(ResultFailure) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: lastReason) }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotWrite(path: path, reason: lastReason) }
      bytes = bytes.dropFirst(count)
    }
  }

  private static var lastReason: String { String(cString: strerror(errno)) }
}
