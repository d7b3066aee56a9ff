import Testing
import WeirAccess

@Suite struct AccountGroupsTests {
  @Test("accounts of one name are one group, those without a name are each their own")
  func groups() {
    var groups = AccountGroups()
    groups.append(2, to: [])
    groups.append(2, to: ["acme", "red"])
    groups.append(1, to: ["acme", "blue"])
    groups.append(1, to: ["acme", "red"])
    groups.append(1, to: [])
    #expect(groups.indices == [0, 1, 2, 2, 3, 2, 4])
  }
}
