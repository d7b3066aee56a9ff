import Foundation

/// Which build of Weir this is: a fingerprint of the program that runs.
///
/// Two versions may have one number while they are worked on, and a package may add layers of its
/// own. So what one build has measured is not taken for what another one would.
enum WeirBuild {
  /// The fingerprint of this program, as 32 hexadecimal digits.
  static let fingerprint: String = {
    guard let path = path, let bytes = try? Data(contentsOf: path, options: .alwaysMapped) else {
      // Nobody's: what this process keeps is of use to no other.
      return UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    }
    return bytes.withUnsafeBytes { program in
      // Where the linker has taken a digest already, only the pages around it are read.
      let digest = BuildIdentifier.bytes(in: program)
      return digest?.withUnsafeBytes { fingerprint(of: $0) } ?? fingerprint(of: program)
    }
  }()

  /// The file that this code was loaded from.
  private static var path: URL? {
    #if os(Linux)
      // The program as it was started, even if another one stands in its place by now.
      let program = "/proc/self/exe"
      let started = try? FileManager.default.destinationOfSymbolicLink(atPath: program)
      return image.map { URL(fileURLWithPath: $0 == started ? program : $0) }
    #else
      return Bundle.main.executableURL
    #endif
  }

  /// The file that is mapped where this code lies.
  ///
  /// Source: proc_pid_maps(5); addresses and four fields without a slash stand before the path.
  private static var image: String? {
    guard let data = FileManager.default.contents(atPath: "/proc/self/maps") else { return nil }
    let here = UInt(bitPattern: #dsohandle)
    for line in [UInt8](data).split(separator: UInt8(ascii: "\n")) {
      let ends = line.prefix { $0 != UInt8(ascii: " ") }.split(separator: UInt8(ascii: "-"))
        .compactMap { UInt(String(decoding: $0, as: UTF8.self), radix: 16) }
      guard ends.count == 2, ends[0] <= here, here < ends[1] else { continue }
      let path = line.drop { $0 != UInt8(ascii: "/") }
      return path.isEmpty ? nil : String(decoding: path, as: UTF8.self)
    }
    return nil
  }

  /// A fingerprint of bytes, to tell builds apart that nobody forges.
  static func fingerprint(of bytes: UnsafeRawBufferPointer) -> String {
    var lanes: (UInt64, UInt64) = (UInt64(bytes.count), 0x9E37_79B9_7F4A_7C15)
    var place = 0
    while place + 16 <= bytes.count {
      let first = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      let second = bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)
      lanes.0 = mixed(lanes.0 ^ UInt64(littleEndian: first))
      lanes.1 = mixed(lanes.1 ^ UInt64(littleEndian: second))
      place += 16
    }
    for byte in bytes[place...] { lanes.0 = mixed(lanes.0 ^ UInt64(byte)) }
    lanes.1 = mixed(lanes.1 ^ lanes.0)
    return hexadecimal(lanes.0) + hexadecimal(lanes.1)
  }

  /// One round of a multiplication and a shift, each of which can be undone.
  @inline(__always)
  private static func mixed(_ bits: UInt64) -> UInt64 {
    let product = bits &* 0xBF58_476D_1CE4_E5B9
    return product ^ product >> 31
  }

  private static func hexadecimal(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
