import Foundation
import Testing
import WeirFormats

@testable import WeirLab

@Suite struct InputSearchTests {
  /// The tiny scenario whose light population replays a file.
  static func scenario(_ file: String) -> String {
    """
    {
      "name": "replay", "horizon": "1m",
      "populations": [ {
        "name": "light", "accounts": 2,
        "workload": {"type": "trace", "file": "\(file)", "format": "weir"}
      } ],
      "fleet": [ {"name": "servers", "servers": 3} ], "policies": [ {"name": "open"} ]
    }
    """
  }

  static let rows = "time_ns\n1\n2\n"

  /// Reads `path` among `texts`, with the folder of traces called `traces`.
  static func read(_ texts: [String: String], at path: String = "s/a.json") throws -> ScenarioFile {
    try ScenarioFile(path, reader: .texts(texts), search: InputSearch(traces: "traces"))
  }

  static func issues(_ texts: [String: String], at path: String = "s/a.json") -> [ScenarioIssue] {
    do {
      _ = try read(texts, at: path)
    } catch ScenarioFailure.invalid(let issues) {
      return issues
    } catch {
      Issue.record("\(error)")
    }
    return []
  }

  @Test("a file is looked for beside the scenario, and then in the folder of traces")
  func order() throws {
    let scenario = Self.scenario("t/x.csv")
    let found = { (texts: [String: String]) in
      let all = texts.merging(["s/a.json": scenario]) { first, _ in first }
      return try Self.read(all).inputs.map(\.source.name)
    }
    let other = "time_ns\n1\n2\n3\n"
    #expect(try found(["s/t/x.csv": Self.rows]) == ["s/t/x.csv"])
    #expect(try found(["traces/t/x.csv": Self.rows]) == ["traces/t/x.csv"])
    #expect(try found(["s/t/x.csv": Self.rows, "traces/t/x.csv": other]) == ["s/t/x.csv"])
  }

  @Test("an absolute path is taken as it is")
  func absolute() throws {
    let texts = ["s/a.json": Self.scenario("/t.csv"), "/t.csv": Self.rows]
    #expect(try Self.read(texts).inputs.map(\.source.name) == ["/t.csv"])
    let issue = try #require(Self.issues(["s/a.json": Self.scenario("/u.csv")]).first)
    #expect(IssueRenderer.message(issue) == "there is no file \"/u.csv\"; looked for /u.csv")
  }

  @Test("a path is relative to the file that writes it, not to the one that extends it")
  func extended() throws {
    let texts = [
      "s/a.json": #"{"extends": "../base/b.json", "horizon": "2m"}"#,
      "base/b.json": Self.scenario("x.csv"), "base/x.csv": Self.rows,
    ]
    #expect(try Self.read(texts).inputs.map(\.source.name) == ["s/../base/x.csv"])
  }

  @Test("a path that an argument sets is relative to the scenario")
  func argument() throws {
    let overrides = try setting("/populations/0/workload/file=y.csv")
    let texts = ["s/a.json": Self.scenario("x.csv"), "s/y.csv": Self.rows]
    let file = try ScenarioFile(
      "s/a.json", overrides: overrides, reader: .texts(texts),
      search: InputSearch(traces: "traces"))
    #expect(file.inputs.map(\.path) == ["y.csv"])
  }

  @Test("a file that is nowhere is missing input, and the error says where it was looked for")
  func missing_Fails() throws {
    let texts = ["s/a.json": Self.scenario("x.csv")]
    let failure = #expect(throws: ScenarioFailure.self) { try Self.read(texts) }
    #expect(failure?.isOnlyMissing == true)
    let issue = try #require(Self.issues(texts).first)
    #expect(issue.pointer.description == "/populations/0/workload/file")
    #expect(issue.position?.line == 5)
    #expect(
      IssueRenderer.message(issue)
        == "there is no file \"x.csv\"; looked for s/x.csv, traces/x.csv")
  }

  @Test("other issues come in the same pass, and make the scenario invalid")
  func invalid_Fails() throws {
    let text = Self.scenario("x.csv").replacingOccurrences(
      of: "\"servers\": 3", with: "\"servers\": 0")
    let failure = #expect(throws: ScenarioFailure.self) { try Self.read(["s/a.json": text]) }
    #expect(failure?.isOnlyMissing == false)
    #expect(Self.issues(["s/a.json": text]).map(\.problem.name) == ["missingFile", "outOfRange"])
  }

  @Test("malformed rows are named by their own file, line and column, beside other issues")
  func malformed_Fails() throws {
    let text = Self.scenario("x.csv").replacingOccurrences(of: "\"1m\"", with: "\"1x\"")
    let found = Self.issues(["s/a.json": text, "traces/x.csv": "time_ns\n1\ntwo\n3\nfour\n"])
    #expect(
      found.compactMap { $0.position?.description } == [
        "s/a.json:2:32", "traces/x.csv:3:1", "traces/x.csv:5:1",
      ])
    #expect(found.map(\.column) == [nil, "time_ns", "time_ns"])
  }

  @Test("a packed file is unpacked, and known by the digest of the packed bytes")
  func packed() throws {
    guard GunzipTests.isHere() else { return }
    let scratch = try Scratch()
    let path = try scratch.write(Array(Self.scenario("t.csv.gz").utf8), to: "a.json")
    _ = try scratch.write(GunzipTests.packed, to: "t.csv.gz")
    let input = try #require(try ScenarioFile(path).inputs.first)
    #expect(input.path == "t.csv.gz")
    #expect(input.storedSize == GunzipTests.packed.count)
    // By `sha256sum` of the packed bytes.
    #expect(
      input.storedDigest == "63d50760f6c27198ef5c442a3e2408b08daa8cb1eb35738d36b01f551c3dea09")
    #expect(input.source.bytes == Array(GunzipTests.text.utf8))
  }

  @Test("the manifest names what was read, by path and digest, wherever it lay")
  func manifest() throws {
    let texts = ["s/a.json": Self.scenario("x.csv"), "traces/x.csv": Self.rows]
    let study = Study(try Self.read(texts))
    let manifest = Manifest.document(study, command: "", runs: 0, files: [])
    let input = try #require(manifest["inputs"]?.elements?.first)
    #expect(input["path"]?.text == "x.csv")
    #expect(input["bytes"] == 12)
    #expect(input["sha256"]?.text == SHA256.hexadecimalDigest(of: Self.rows))
    #expect(!JSONWriter.pretty(manifest).contains("traces/"))
  }
}
