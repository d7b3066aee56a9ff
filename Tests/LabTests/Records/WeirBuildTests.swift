import Testing

@testable import WeirLab

@Suite struct WeirBuildTests {
  private func fingerprint(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBytes { WeirBuild.fingerprint(of: $0) }
  }

  @Test("a fingerprint has 32 hexadecimal digits")
  func digits() {
    #expect(WeirBuild.fingerprint.count == 32)
    #expect(WeirBuild.fingerprint.allSatisfy { $0.isHexDigit })
  }

  @Test("any other byte, and any other length, is another fingerprint")
  func changes() {
    let bytes = (0..<100).map { UInt8($0) }
    var seen: Set = [fingerprint(bytes)]
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 0x40
      #expect(seen.insert(fingerprint(other)).inserted, "byte \(place)")
      #expect(seen.insert(fingerprint(Array(bytes[..<place]))).inserted, "\(place) bytes")
    }
  }
}
