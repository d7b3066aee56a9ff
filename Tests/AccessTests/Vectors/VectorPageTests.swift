import Foundation
import Testing
import WeirAccess
import WeirFormats
import WeirVectors

/// The page against the tests: each run compares its own row, and here both are compared as a
/// whole.
@Suite struct VectorPageTests {
  /// The texts between `opening` and the next quote, in the tests that run vectors.
  private func named(after opening: String) -> Set<String> {
    let texts = VectorPage.files("AccessTests/Vectors").filter { $0 != "VectorPageTests.swift" }
      .map { VectorPage.text("AccessTests/Vectors/" + $0) }
    return Set(
      texts.flatMap { text in
        text.components(separatedBy: opening).dropFirst()
          .map { String($0.prefix { $0 != "\"" }) }
      })
  }

  @Test("the page has a row for every run of vectors, and none for what is not run")
  func rows() {
    let runs = named(after: "VectorRun(\"")
    #expect(runs.count >= 37)
    #expect(Set(VectorPage.shared.runs.keys) == runs)
  }

  @Test("every fixture is run")
  func fixtures() {
    let fixtures = VectorPage.files("Vectors/Fixtures").map { String($0.dropLast(".json".count)) }
    #expect(fixtures.count >= 28)
    #expect(Set(fixtures) == named(after: "VectorFile(\""))
  }

  @Test("what the page says was driven is in the catalogue, or a field of it")
  func layers() {
    let known =
      Catalogue.layers.variants.map(\.name) + Catalogue.detectors.variants.map(\.name)
      + ["lease", "countsRefused", "overshoots"]
    #expect(VectorPage.shared.layers.filter { !known.contains($0) }.isEmpty)
    #expect(VectorPage.shared.layers.count > 40)
  }
}
