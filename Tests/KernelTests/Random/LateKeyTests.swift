import Testing
import WeirKernel

@Suite struct LateKeyTests {
  @Test(
    "the only call of a session is two steps below its account", arguments: [0, 1, 77, 1 << 31])
  func onlyCall(session: UInt32) {
    let account = SampleKey(seed: 20_261_122)
    var late = LateKey(onlyCallOf: session, of: account)
    let node = account.child(UInt64(session)).child(0)
    #expect(late.key == node)
    let first = late.resolve()
    let second = late.resolve()
    #expect(first == node)
    #expect(second == node)
    #expect(late.key == node)
  }

  @Test("a node that is known is itself")
  func known() {
    let key = SampleKey(seed: 5)
    #expect(LateKey(key).key == key)
  }
}
