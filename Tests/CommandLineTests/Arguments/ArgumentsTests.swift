import Testing

@testable import WeirCommandLine

@Suite struct ArgumentsTests {
  static let specification = CommandSpecification(
    name: "try", summary: "Try things",
    operands: [
      .init(name: "FILE", help: "A file."), .init(name: "PART", help: "A part.", count: 0...1),
    ],
    options: [
      .value("--jobs", short: "-j", "N", "Jobs."),
      .value("--set", "POINTER=VALUE", repeats: true, "Sets."),
      .flag("--quiet", short: "-q", "Quiet."),
    ])

  static func parse(_ words: String...) throws(UsageProblem) -> Arguments {
    try Arguments(words, for: specification)
  }

  @Test(
    "an option takes its value in each of its spellings",
    arguments: [["-j", "2"], ["-j2"], ["-j=2"], ["--jobs", "2"], ["--jobs=2"]])
  func spellings(words: [String]) throws {
    let arguments = try Arguments(words + ["file"], for: Self.specification)
    #expect(arguments.text("--jobs") == "2")
    #expect(try arguments.integer("--jobs", in: 1...4) == 2)
    #expect(arguments.operands == ["file"])
  }

  @Test("options and operands may be mixed, and after -- all are operands")
  func order() throws {
    let arguments = try Self.parse("--quiet", "file", "--set", "a=-1", "--set=b=2", "--", "-x")
    #expect(arguments.operands == ["file", "-x"])
    #expect(arguments.has("--quiet"))
    #expect(arguments.texts("--set") == ["a=-1", "b=2"])
  }

  @Test("a negative number is a value")
  func negative() throws {
    #expect(try Self.parse("--jobs", "-3", "file").text("--jobs") == "-3")
  }

  @Test("help needs nothing else")
  func help() throws {
    #expect(try Self.parse("-h").asksForHelp)
    #expect(try Self.parse("--help", "a").asksForHelp)
  }

  static let mistakes: [([String], UsageProblem)] = [
    (["--job", "2", "file"], .unknownOption("--job", nearest: "--jobs")),
    (["--zebra", "file"], .unknownOption("--zebra", nearest: nil)),
    (["file", "--jobs"], .missingValue(option: "--jobs", value: "N")),
    (["--jobs", "--quiet", "file"], .missingValue(option: "--jobs", value: "N")),
    (["--quiet=yes", "file"], .unexpectedValue(option: "--quiet", found: "yes")),
    (["-j1", "--jobs=2", "file"], .repeated(option: "--jobs")),
    ([], .missingOperand(name: "FILE", help: "A file.")),
    (["a", "b", "c"], .extraOperand("c")),
  ]

  @Test("each mistake is named with its evidence", arguments: mistakes)
  func mistake(words: [String], problem: UsageProblem) {
    #expect(throws: problem) { try Arguments(words, for: Self.specification) }
  }

  @Test("a value that is no number in range is refused", arguments: ["0", "5", "two", "1.5", ""])
  func range(text: String) throws {
    let arguments = try Arguments(["--jobs=\(text)", "file"], for: Self.specification)
    #expect(
      throws: UsageProblem.badValue(
        of: "--jobs", found: text, expected: "a whole number from 1 to 4")
    ) { try arguments.integer("--jobs", in: 1...4) }
  }
}
