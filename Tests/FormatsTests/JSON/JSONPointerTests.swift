import Testing
import WeirFormats

@Suite struct JSONPointerTests {
  /// The examples of RFC 6901, section 5.
  static let document: JSONNode = [
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6,
    " ": 7, "m~n": 8,
  ]

  @Test(
    "the examples of RFC 6901 lead where it says",
    arguments: [
      ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2),
      ("/e^f", 3), ("/g|h", 4), ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
    ] as [(String, JSONNode)])
  func examples(text: String, node: JSONNode) throws {
    let pointer = try #require(JSONPointer(parsing: text))
    #expect(Self.document[pointer] == node)
    #expect(pointer.description == text)
  }

  @Test("the empty pointer is the whole document")
  func root() {
    #expect(JSONPointer(parsing: "") == .root)
    #expect(Self.document[JSONPointer.root] == Self.document)
  }

  @Test("what is not a pointer is refused", arguments: ["foo", "a/b", "/~", "/a~2", "/~x/b"])
  func malformed(text: String) { #expect(JSONPointer(parsing: text) == nil) }

  @Test(
    "a pointer to nothing finds nothing",
    arguments: [
      "/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/bar", "/foo/0/0", "/foo/99999999999999999999",
    ])
  func absent(text: String) throws {
    #expect(Self.document[try #require(JSONPointer(parsing: text))] == nil)
  }
}
