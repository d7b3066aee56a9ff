import Testing
import WeirFormats

/// A mistake put into the sample: the text replaced, and the replacement with ▼ before the place
/// where the issue is expected.
struct BrokenScenario: CustomTestStringConvertible, Sendable {
  let old: String
  let new: String
  let pointer: String
  let problem: String
  let message: String
  let suggestion: String?

  init(
    _ old: String, _ new: String, _ pointer: String, _ problem: String, _ message: String,
    suggest suggestion: String? = nil
  ) {
    self.old = old
    self.new = new
    self.pointer = pointer
    self.problem = problem
    self.message = message
    self.suggestion = suggestion
  }

  var testDescription: String { "\(old) → \(new)" }

  /// The broken text, and the line and column of the mark.
  var marked: (text: String, place: String) {
    let text = sampleText.replacing(old, with: new, maxReplacements: 1)
    let before = text.prefix { $0 != "▼" }
    let line = before.count { $0 == "\n" } + 1
    let lineStart = before.lastIndex(of: "\n").map { before.index(after: $0) }
    let column = before[(lineStart ?? before.startIndex)...].unicodeScalars.count + 1
    return (text.replacing("▼", with: ""), "sample.json:\(line):\(column)")
  }
}

@Suite struct BrokenScenarioTests {
  @Test("each mistake is found at its place, with what was expected", arguments: brokenScenarios)
  func found(broken: BrokenScenario) throws {
    #expect(sampleText.contains(broken.old), "the sample has changed")
    let (text, place) = broken.marked
    let issues = readSample(text).issues
    let issue = try #require(issues.first)
    #expect(issues.count == 1, "\(IssueRenderer.text(issues))")
    #expect(issue.position?.description == place)
    #expect(issue.pointer.description == broken.pointer)
    #expect(issue.problem.name == broken.problem)
    #expect(issue.suggestion == broken.suggestion)
    let message = IssueRenderer.message(issue)
    #expect(message.contains(broken.message), "\(message)")
  }

  @Test("there are at least forty of them, all different")
  func many() {
    #expect(Set(brokenScenarios.map { $0.old + $0.new }).count == brokenScenarios.count)
    #expect(brokenScenarios.count >= 40)
  }
}

let brokenScenarios: [BrokenScenario] =
  brokenSyntax + brokenNames + brokenNumbers + brokenTexts + brokenStructure

private let brokenSyntax: [BrokenScenario] = [
  .init(
    "\"retry\": {\"attempts\": 2}", "\"retry\": {\"attempts\": 2▼,}", "", "syntax",
    "expected a name after \",\" (JSON has no trailing comma), found \"}\""),
  .init(
    "[\"codex\", \"sora\"]", "[\"codex\", \"sora\"▼,]", "", "syntax", "JSON has no trailing comma"),
  .init(
    "\"24h\"", "▼'24h'", "", "syntax", "expected double quotes around text, found \"'\""),
  .init(
    "\"horizon\"", "▼'horizon'", "", "syntax", "expected double quotes around the name"),
  .init(
    "\"horizon\"", "▼horizon", "", "syntax", "expected a name in double quotes",
    suggest: "\"horizon\""),
  .init("\"24h\"", "▼\"24h", "", "syntax", "at the end of the text, found the end of the line"),
  .init("\"hasty\"", "▼hasty", "", "syntax", "expected a value", suggest: "\"hasty\""),
  .init("0.25", "▼NaN", "", "syntax", "JSON has no NaN"),
  .init("0.25", "▼Infinity", "", "syntax", "JSON has no Infinity"),
  .init("0.25", "▼.25", "", "syntax", "expected a digit before \".\", found \".25\""),
  .init("0.25", "▼00.25", "", "syntax", "expected a number without leading zeros"),
  .init("0.25", "▼+0.25", "", "syntax", "expected a number without \"+\""),
  .init("0.25", "0.▼}", "", "syntax", "expected a digit after \".\""),
  .init("\"abuser\": true", "\"abuser\": ▼True", "", "syntax", "a JSON value", suggest: "true"),
  .init("\"abuser\": true", "\"abuser\": ▼None", "", "syntax", "a JSON value", suggest: "null"),
  .init("\"24h\",", "\"24h\", ▼// a day", "", "syntax", "JSON has no comments"),
  .init(
    "\"24h\",\n  \"warmup\"", "\"24h\"\n  ▼\"warmup\"", "", "syntax",
    "expected \",\" or \"}\", found '\"'"),
  .init(
    "\"horizon\": ", "\"horizon\" ▼", "", "syntax", "expected \":\" after the name \"horizon\""),
  .init("Wer f", "Wer ▼\\x f", "", "syntax", "expected one of the escapes"),
  .init("Wer f", "Wer ▼\\ud83c f", "", "syntax", "expected both halves of a surrogate pair"),
  .init("Wer f", "Wer▼\tf", "", "syntax", "expected the escape \\u0009 instead of a bare control"),
  .init("\"20k\"]}\n}", "\"20k\"]}\n}▼}", "", "syntax", "expected the end of the file"),
]

private let brokenNames: [BrokenScenario] = [
  .init(
    "\"warmup\"", "▼\"warmpu\"", "/warmpu", "unknownField", "unknown field \"warmpu\"",
    suggest: "warmup"),
  .init(
    "\"attempts\"", "▼\"atempts\"", "/retry/atempts", "unknownField",
    "there are only \"attempts\", \"wait\"", suggest: "attempts"),
  .init("\"mood\": ", "▼\"colour\": ", "/populations/0/colour", "unknownField", "unknown field"),
  .init(
    "\"limit\": \"1.5k\"", "\"limit\": \"1.5k\", ▼\"parts\": []", "/layers/0/parts",
    "unknownField", "there are only \"limit\""),
  .init(
    "{\n  \"$schema\": \"sample.schema.json\",\n  \"name\": \"sample\",",
    "▼{\n  \"$schema\": \"sample.schema.json\",", "/name", "missingField",
    "missing field \"name\": expected a name"),
  .init(
    "{\"name\": \"light\", ", "▼{", "/populations/0/name", "missingField",
    "missing field \"name\""),
  .init(
    "{\"type\": \"fixed\", \"limit\": \"1.5k\"}", "▼{\"limit\": \"1.5k\"}", "/layers/0/type",
    "missingField", "missing field \"type\": expected one of \"fixed\", \"group\""),
  .init(
    "\"share\": 0.25", "\"share\": 0.25, ▼\"share\": 0.5", "/populations/1/share",
    "duplicateKey", "expected each name once, found \"share\" again (first at "),
  .init(
    "\"type\": \"group\"", "\"type\": ▼\"groop\"", "/layers/1/type", "unknownName",
    "expected one of \"fixed\", \"group\", found \"groop\"", suggest: "group"),
  .init(
    "{\"type\": \"priority\", \"aging\": \"10m\"}", "▼\"priorty\"", "/scheduler", "unknownName",
    "found \"priorty\"", suggest: "priority"),
  .init(
    "{\"type\": \"priority\", \"aging\": \"10m\"}", "▼\"weighted\"", "/scheduler/weight",
    "missingField", "missing field \"weight\": expected a number of at least 0"),
  .init(
    "\"hasty\"", "▼\"Hasty\"", "/populations/0/mood", "unknownName",
    "expected one of \"patient\", \"hasty\", found \"Hasty\"", suggest: "hasty"),
  .init(
    "\"type\": \"fixed\", \"limit\": 7", "\"type\": ▼3, \"limit\": 7", "/layers/1/parts/0/type",
    "wrongKind", "expected one of \"fixed\", \"group\", found 3"),
  .init(
    "\"name\": \"heavy\"", "\"name\": ▼\"light\"", "/populations/1/name", "rule",
    "expected a name that no other population has, found \"light\""),
]

private let brokenNumbers: [BrokenScenario] = [
  .init(
    "\"limit\": 45", "\"limit\": ▼\"ten\"", "/plans/plus/limit", "wrongKind",
    "expected a whole number of at least 0, found \"ten\""),
  .init(
    "\"limit\": 45", "\"limit\": ▼\"4k\"", "/plans/plus/limit", "wrongKind",
    "expected a whole number of at least 0, found \"4k\"", suggest: "4000"),
  .init(
    "\"limit\": 45", "\"limit\": ▼-1", "/plans/plus/limit", "outOfRange",
    "expected a whole number of at least 0, found -1"),
  .init(
    "\"limit\": 45", "\"limit\": ▼4.5", "/plans/plus/limit", "wrongKind",
    "expected a whole number of at least 0, found 4.5"),
  .init(
    "\"limit\": 45", "\"limit\": ▼9223372036854775808", "/plans/plus/limit", "outOfRange",
    "found 9223372036854775808"),
  .init(
    "\"priority\": 0", "\"priority\": ▼10", "/plans/free/priority", "outOfRange",
    "expected a whole number from 0 to 9, found 10"),
  .init(
    "1.25", "▼0", "/plans/plus/factor", "outOfRange",
    "expected a number above 0 and at most 2, found 0"),
  .init(
    "1.25", "▼\"1.25\"", "/plans/plus/factor", "wrongKind", "expected a number above 0",
    suggest: "1.25"),
  .init(
    "\"19.99\"", "▼\"19,99\"", "/plans/plus/price", "wrongKind",
    "expected a number (or its text) from 0 to 1000, found \"19,99\""),
  .init(
    "\"19.99\"", "▼1e4", "/plans/plus/price", "outOfRange",
    "expected a number (or its text) from 0 to 1000, found 1e4"),
  .init(
    "\"20k\", \"plan\"", "▼\"20K\", \"plan\"", "/populations/0/accounts", "wrongKind",
    "expected a whole number (or text like \"40k\") from 1 to 2000000, found \"20K\"",
    suggest: "\"20k\""),
  .init(
    "\"20k\", \"plan\"", "▼\"20 k\", \"plan\"", "/populations/0/accounts", "wrongKind",
    "found \"20 k\"", suggest: "\"20k\""),
  .init(
    "\"20k\", \"plan\"", "▼\"1.2345k\", \"plan\"", "/populations/0/accounts", "wrongKind",
    "found \"1.2345k\""),
  .init(
    "\"20k\", \"plan\"", "▼\"3M\", \"plan\"", "/populations/0/accounts", "outOfRange",
    "found \"3M\""),
  .init("\"20261122\"", "▼-1", "/seed", "outOfRange", "expected a whole number from 0 to 18446"),
  .init("\"20261122\"", "▼\"0x10\"", "/seed", "wrongKind", "found \"0x10\""),
]

private let brokenTexts: [BrokenScenario] = [
  .init(
    "\"24h\"", "▼24", "/horizon", "wrongKind",
    "expected a duration like \"5h\" or \"250ms\" of at least 1ns, found 24", suggest: "\"24s\""),
  .init("\"24h\"", "▼\"24\"", "/horizon", "wrongKind", "found \"24\"", suggest: "\"24s\""),
  .init("\"24h\"", "▼\"24 hours\"", "/horizon", "wrongKind", "found", suggest: "\"24h\""),
  .init("\"24h\"", "▼\"30m1h\"", "/horizon", "wrongKind", "found \"30m1h\""),
  .init("\"24h\"", "▼\"0s\"", "/horizon", "outOfRange", "of at least 1ns, found \"0s\""),
  .init("\"24h\"", "▼\"200000d\"", "/horizon", "outOfRange", "found \"200000d\""),
  .init("\"24h\"", "▼null", "/horizon", "wrongKind", "found null"),
  .init(
    "\"1h30m\"", "▼\"24h\"", "/warmup", "rule", "expected less than the horizon, found \"24h\""),
  .init("\"2026-02-01\"", "▼\"2026-02-30\"", "/start", "outOfRange", "expected a date like"),
  .init("\"2026-02-01\"", "▼\"1 Feb 2026\"", "/start", "wrongKind", "expected a date like"),
  .init(
    "\"name\": \"sample\"", "\"name\": ▼\"my sample\"", "/name", "outOfRange",
    "expected a name of 1 to 64", suggest: "\"my-sample\""),
  .init("\"name\": \"sample\"", "\"name\": ▼\"\"", "/name", "outOfRange", "found \"\""),
  .init(
    "\"abuser\": true", "\"abuser\": ▼\"true\"", "/populations/1/abuser", "wrongKind",
    "expected true or false, found \"true\"", suggest: "true"),
]

private let brokenStructure: [BrokenScenario] = [
  .init("\"$schema\": \"sample.schema.json\"", "\"$schema\": ▼1", "/$schema", "wrongKind", "text"),
  .init(
    "{\"attempts\": 2}", "▼[2]", "/retry", "wrongKind", "expected an object, found a list"),
  .init(
    "[\"codex\", \"sora\"]", "▼[]", "/serves", "outOfRange",
    "or a list of at least 1 element, found 0 elements"),
  .init(
    "[\"codex\", \"sora\"]", "[\"codex\", ▼7]", "/serves/1", "wrongKind", "expected a name"),
  .init("[\"codex\", \"sora\"]", "▼{}", "/serves", "wrongKind", "found an empty object"),
  .init(
    "{\"mean\": \"250ms\", \"law\": \"exponential\"}", "▼[]", "/service", "wrongKind",
    "expected a duration like \"5h\" or \"250ms\" of at least 1ns, or an object, found an empty"),
  .init(
    "\"free\": {", "▼\"fr ee\": {", "/plans/fr ee", "outOfRange", "expected a name of 1 to 64"),
  .init("[10, \"20k\"]", "▼[]", "/points/~1populations~10~1accounts", "outOfRange", "1 element"),
  .init("{\"limit\": 5, \"priority\": 0}", "▼5", "/plans/free", "wrongKind", "expected an object"),
]
