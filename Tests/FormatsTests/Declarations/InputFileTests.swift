import Testing
import WeirFormats

@Suite struct InputFileTests {
  /// A document that names two files.
  struct Pair: Declared {
    let first: InputFile
    let second: InputFile?

    init(_ fields: Fields) {
      first = fields.required("first", .inputFile, "A file.")
      second = fields.optional("second", .inputFile, "Another.")
    }
  }

  static let known = InputFile(path: "a.csv", text: "x\n1\n")

  static let inputs = InputFiles { path, position in
    switch path {
    case "a.csv": .success(known)
    case "packed.gz": .failure(.unusable(reason: "packed.gz is damaged"))
    default: .failure(.missing(searched: ["beside \(position?.file.name ?? "")", "elsewhere"]))
    }
  }

  private func read(_ text: String) throws -> Reading<Pair> {
    let source = SourceFile(name: "doc.json", text: text)
    return Pair.read(from: try #require(JSONNode.parse(source).node), inputs: Self.inputs)
  }

  @Test("a file is found by its path, and listed once however often it is named")
  func found() throws {
    let reading = try read(#"{"first": "a.csv", "second": "a.csv"}"#)
    #expect(reading.issues.isEmpty)
    #expect(reading.value.first === Self.known)
    #expect(reading.inputs.count == 1)
    #expect(reading.inputs.first?.storedSize == 4)
    // SHA-256 of "x\n1\n", by sha256sum.
    #expect(
      reading.inputs.first?.storedDigest
        == "daff832f802000e645771a60983c76c963f6ee602a6230e45237bd360e91cc1a"
    )
  }

  @Test("a file that is missing or cannot be used is an issue where it is named")
  func missing_Fails() throws {
    let reading = try read(#"{"first": "b.csv", "second": "packed.gz"}"#)
    #expect(reading.issues.map(\.problem.name) == ["missingFile", "unusable"])
    #expect(
      IssueRenderer.text(reading.issues[0]).hasPrefix(
        "doc.json:1:11: /first: there is no file \"b.csv\"; looked for beside doc.json, elsewhere"))
    #expect(reading.value.first.isPlaceholder)
    #expect(reading.inputs.isEmpty)
  }

  @Test("a path is a text that is not empty", arguments: ["1", "\"\"", "[\"a.csv\"]"])
  func path_Fails(value: String) throws {
    let reading = try read("{\"first\": \(value)}")
    #expect(reading.issues.count == 1)
  }

  @Test("without files there are none")
  func none() throws {
    let node = try #require(JSONNode.parse(SourceFile(name: "d", text: #"{"first": "a"}"#)).node)
    let issue = try #require(Pair.read(from: node).issues.first)
    #expect(IssueRenderer.message(issue) == "there is no file \"a\"")
  }

  @Test("what is made of a file is made once for each name")
  func content() {
    let file = InputFile(path: "n", text: "12")
    var made = 0
    func length(_ name: String) -> Int {
      file.content(name) {
        made += 1
        return $0.bytes.count
      }
    }
    #expect([length("a"), length("a"), length("b")] == [2, 2, 2])
    #expect(made == 2)
  }
}
