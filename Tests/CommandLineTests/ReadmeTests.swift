import Foundation
import Testing

/// What the README shows is what is there.
@Suite struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardized.path

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  @Test(
    "the code in the README is the example's, in less than forty lines",
    arguments: ["MinimumGap", "main"])
  func code(file: String) throws {
    let readme = try Self.text("README.md")
    let code = try Self.text("Tests/Example/Sources/MyWeir/\(file).swift")
    #expect(readme.contains("```swift\n\(code)```"))
  }

  @Test("the policy of the README has less than forty lines")
  func length() throws {
    let lines = try ["MinimumGap", "main"].map { file in
      try Self.text("Tests/Example/Sources/MyWeir/\(file).swift").split(
        separator: "\n", omittingEmptySubsequences: false
      ).count - 1
    }
    #expect(lines.reduce(0, +) < 40)
  }

  @Test("the test in the README is the example's")
  func test() throws {
    let readme = try Self.text("README.md")
    let tests = try Self.text("Tests/Example/Tests/MyWeirTests/MinimumGapTests.swift")
    let parts = readme.components(separatedBy: "```swift\n  @Test(")
    #expect(parts.count == 2)
    let code = try #require(parts.last?.components(separatedBy: "```").first)
    #expect(tests.contains("  @Test(" + code))
  }
}
