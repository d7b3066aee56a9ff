import Testing
import WeirAccess

@testable import WeirReports

@Suite struct ReasonWordsTests {
  @Test("every reason has words, by its name and by that of its column", arguments: Reason.allCases)
  func known(reason: Reason) {
    let column = reason.rawValue.reduce("") { text, letter in
      text + (letter.isUppercase ? "_" + letter.lowercased() : String(letter))
    }
    #expect(ReasonWords.of(column) == ReasonWords.of(reason.rawValue))
    #expect(ReasonWords.of(column) != column)
  }

  @Test("a reason that is not known is shown as it stands")
  func unknown() { #expect(ReasonWords.of("some_other") == "some other") }
}
