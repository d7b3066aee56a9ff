import Foundation

/// A file for reading whose bytes stay on the disk until they are looked at.
///
/// What has been looked at counts as memory of the process until ``forget()``. The bytes stay those
/// of the file that was opened, whatever stands at its path later.
struct MappedFile: Sendable {
  /// The bytes.
  let bytes: Data
  /// Where the system has put them; 0 where there are none.
  private let address: UInt

  /// A failed call of the system.
  struct Failure: Error {
    /// What the system calls it.
    let code: Int32

    init() { code = errno }
  }

  /// Opens the file at `path`.
  init(_ path: String) throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure() }
    let count = Int(status.st_size)
    // The system maps no empty file.
    if count == 0 {
      (bytes, address) = (Data(), 0)
      return
    }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw Failure() }
    bytes = Data(bytesNoCopy: start, count: count, deallocator: .unmap)
    address = UInt(bitPattern: start)
  }

  /// Gives the memory of bytes that were looked at back; they are read again when they are again.
  func forget() {
    bytes.withUnsafeBytes { all in
      // A few bytes are copied to a place of their own, which must not be forgotten.
      guard let start = all.baseAddress, UInt(bitPattern: start) == address else { return }
      // Nothing is written to the pages, so that all that is in them is in the file.
      _ = madvise(UnsafeMutableRawPointer(mutating: start), all.count, MADV_DONTNEED)
    }
  }
}
