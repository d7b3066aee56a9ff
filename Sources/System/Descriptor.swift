/// Files that are open, by the numbers that the system gives them.
public enum Descriptor {
  /// All bytes that come from `descriptor` until its end; `nil` when they are more than `limit`.
  ///
  /// What cannot be read counts as the end.
  public static func bytes(from descriptor: Int32, limit: Int = .max) -> [UInt8]? {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 1)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return bytes }
      if count > limit - bytes.count { return nil }
      bytes += piece[..<count]
    }
  }
}
