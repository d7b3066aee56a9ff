import Testing
import WeirKernel

@Suite struct CallAddressTests {
  static let account = SampleKey(seed: 20_261_122)
  static let purpose = Purpose(rawValue: 8)

  @Test(
    "the node of a session's only call is two steps below its account",
    arguments: [0, 1, 77, 1 << 31])
  func onlyCall(session: UInt32) {
    let address = CallAddress(onlyCallOf: session, of: Self.account)
    #expect(address.key == Self.account.child(UInt64(session)).child(0))
  }

  @Test("an only call's own samples are at its account", arguments: [0, 1, 77, 1 << 31])
  func samplesOfOnlyCall(session: UInt32) {
    var own = CallAddress(onlyCallOf: session, of: Self.account).samples(Self.purpose)
    var expected = Self.account.samples(Self.purpose, index: session)
    for _ in 0..<4 { #expect(own.next() == expected.next()) }
  }

  @Test("a call with a node of its own has its samples there")
  func known() {
    let address = CallAddress(Self.account)
    #expect(address.key == Self.account)
    var own = address.samples(Self.purpose)
    var expected = Self.account.samples(Self.purpose)
    for _ in 0..<4 { #expect(own.next() == expected.next()) }
  }

  @Test("only calls of different sessions share no sample")
  func apart() {
    var seen: Set<UInt64> = []
    for session in UInt32(0)..<1000 {
      var samples = CallAddress(onlyCallOf: session, of: Self.account).samples(Self.purpose)
      seen.insert(samples.next())
    }
    #expect(seen.count == 1000)
  }
}
