import Foundation

/// A file that is written through the system's own calls, each of which can fail.
final class DescriptorFile {
  /// Where it is.
  let path: String
  private var descriptor: Int32

  /// Opens the file at `path`; with no flags it must be there already, as a device is.
  init(_ path: String, flags: Int32 = O_CREAT | O_EXCL) throws(ResultFailure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    if descriptor < 0 { throw .lastError(at: path) }
  }

  deinit { if descriptor >= 0 { _ = Foundation.close(descriptor) } }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(ResultFailure) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      let written = Foundation.write(descriptor, start, rest.count)
      if written < 0, errno == EINTR { continue }
      if written < 0 { throw .lastError(at: path) }
      rest = rest.dropFirst(written)
    }
  }

  /// Goes back to the first byte, so that the next bytes replace those that are there.
  func rewind() throws(ResultFailure) {
    if lseek(descriptor, 0, SEEK_SET) != 0 { throw .lastError(at: path) }
  }

  /// Ends the file; some systems notice only now that there is no room.
  func close() throws(ResultFailure) {
    let open = descriptor
    descriptor = -1
    if Foundation.close(open) != 0 { throw .lastError(at: path) }
  }
}

extension Array<UInt8> {
  /// Hands the bytes to `body`, which may fail.
  func withBytes<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    withUnsafeBytes { bytes in
      do throws(Failure) { try body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
