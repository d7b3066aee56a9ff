import Foundation
import Testing
import WeirFormats
import WeirLab
import WeirSimulation

@testable import WeirCommandLine

@Suite struct OtherCommandsTests {
  @Test("validate says of each file whether it is valid")
  func validate() throws {
    let scratch = try ScratchFolder()
    let good = try scratch.file("good.json", smallScenario)
    let bad = try scratch.file(
      "bad.json", smallScenario.replacingOccurrences(of: "\"horizon\"", with: "\"horizn\""))
    let captured = CapturedConsole()
    #expect(captured.run("validate", good, bad) == .invalidInput)
    #expect(captured.output == "\(good): valid, 2 policies in 3 replications\n")
    #expect(captured.error.contains("did you mean \"horizon\"?"))
    let fine = CapturedConsole()
    let schema = try scratch.file("weir.schema.json", ScenarioSchema.text())
    #expect(fine.run("validate", good, schema) == .success)
    #expect(fine.output.contains("weir.schema.json: skipped, it is a JSON Schema"))
  }

  @Test("validate ends with the worst of all files, wherever it stands among them")
  func validateSeveral() throws {
    let scratch = try ScratchFolder()
    let good = try scratch.file("good.json", smallScenario)
    let bad = try scratch.file("bad.json", "{}")
    let missing = scratch.path + "/nowhere.json"
    for words in [[bad, good], [good, bad], [bad, missing], [missing, bad, good]] {
      for format in ["text", "json", "github"] {
        let all = ["validate", "--format", format] + words
        #expect(CapturedConsole().run(all) == .invalidInput, "\(all)")
      }
    }
    #expect(CapturedConsole().run("validate", missing, good) == .missingInput)
  }

  @Test("validate writes issues for programs and for GitHub")
  func formats() throws {
    let scratch = try ScratchFolder()
    let bad = try scratch.file(
      "bad.json", smallScenario.replacingOccurrences(of: "\"horizon\"", with: "\"horizn\""))
    let captured = CapturedConsole()
    #expect(captured.run("validate", "--format", "json", bad) == .invalidInput)
    let source = SourceFile(name: "issues", text: captured.output)
    let issues = try #require(JSONNode.parse(source).node?.elements)
    #expect(issues.count == 2)
    let github = CapturedConsole()
    #expect(github.run("validate", "--format", "github", bad) == .invalidInput)
    #expect(github.output.hasPrefix("::error file="))
    #expect(CapturedConsole().run("validate", "--format", "xml", bad) == .usage)
  }

  @Test("explain tells each value, where it came from and what it means")
  func explain() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("explain", path, "/fleet") == .success)
    #expect(captured.output.contains("/fleet/0/servers"))
    #expect(captured.output.contains("small.json:9:"))
    #expect(captured.output.contains("(default)"))
    #expect(!captured.output.contains("/horizon"))
    let all = CapturedConsole()
    #expect(all.run("explain", path, "--set", "/horizon=30s") == .success)
    #expect(all.output.contains("(--set /horizon:1:1)"))
    let nowhere = CapturedConsole()
    #expect(nowhere.run("explain", path, "/fleets") == .usage)
  }

  @Test("the explained document reads as the same scenario")
  func expanded() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("explain", path, "--json") == .success)
    let again = try ScenarioFile(try scratch.file("again.json", captured.output))
    #expect(JSONWriter.pretty(again.canonical) == captured.output)
  }

  @Test("decide answers each row of a file of requests")
  func decide() throws {
    let scratch = try ScratchFolder()
    let policy = try scratch.file(
      "policy.json",
      """
      {"layers": [ {"type": "fixedWindow", "name": "window", "limit": 2, "per": "10s"} ]}
      """)
    let requests = try scratch.file(
      "requests.csv",
      """
      time_ns,account,operation,cost,key
      0,a,request,2,1
      1,a,request,1,2
      10000000000,a,request,1,3

      """)
    let captured = CapturedConsole()
    #expect(captured.run("decide", "--policy", policy, "--input", requests) == .success)
    let lines = captured.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines[1] == "0,a,request,admit,2,0,,,window:2")
    #expect(lines[2] == "1,a,request,deny,0,0,9999999999,window:limit,")
    #expect(lines[3] == "10000000000,a,request,admit,1,1,,,window:1")
  }

  @Test("decide changes a limit of the file, and explains what every layer is left with")
  func decideExplained() throws {
    let scratch = try ScratchFolder()
    let policy = try scratch.file(
      "policy.json",
      """
      {"layers": [ {"type": "fixedWindow", "name": "window", "limit": 2, "per": "10s"} ]}
      """)
    let requests = try scratch.file(
      "requests.csv",
      """
      time_ns,account,operation,cost,key,layer,set,carry
      0,a,request,2,1,,,
      1000000000,a,limit,,,window,limit=5,

      """)
    let captured = CapturedConsole()
    let words = ["decide", "--policy", policy, "--input", requests, "--explain"]
    #expect(WeirProgram.run(words, captured.context) == .success)
    #expect(
      captured.output == """
        row 1 at 0s: a request 2: admit 2 (window:2)
          window  allowance  0 of 2 left, full in 10s, 1 more: limit, passes in 10s
        row 2 at 1s: a limit: done
          window  allowance  3 of 5 left, full in 9s, 1 more: pays

        """)
  }

  @Test("decide takes a policy of a scenario by name")
  func decideByName() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let requests = try scratch.file(
      "requests.csv", "time_ns,account,operation,cost,key\n0,a,request,6,1\n")
    let words = ["decide", "--policy", path, "-i", requests]
    let tight = CapturedConsole()
    #expect(WeirProgram.run(words, tight.context) == .success)
    #expect(tight.output.contains("deny"))
    let open = CapturedConsole()
    #expect(WeirProgram.run(words + ["--policy-name", "open"], open.context) == .success)
    #expect(open.output.contains("admit"))
    let wrong = CapturedConsole()
    #expect(WeirProgram.run(words + ["--policy-name", "opne"], wrong.context) == .usage)
    #expect(wrong.error.contains("did you mean \"open\"?"))
  }

  @Test("decide names the row that cannot be read")
  func decideFails() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let requests = try scratch.file(
      "requests.csv", "time_ns,account,operation,cost,key\n0,a,reqest,6,1\n")
    let captured = CapturedConsole()
    #expect(captured.run("decide", "--policy", path, "-i", requests) == .invalidInput)
    #expect(captured.error.contains("requests.csv:2:"))
    #expect(captured.error.contains("did you mean \"request\"?"))
    #expect(CapturedConsole().run("decide", "--policy", path, "-i", "/none") == .missingInput)
    #expect(CapturedConsole().run("decide") == .usage)
  }

  @Test("the catalogue lists every variant and every metric, and shows a page of each")
  func catalogue() {
    let captured = CapturedConsole()
    #expect(captured.run("catalogue") == .success)
    for family in ScenarioReference().families {
      for variant in family.variants {
        #expect(captured.output.contains("\n  \(variant.name) "), "\(variant.name)")
        let page = CapturedConsole()
        #expect(page.run("catalogue", variant.name) == .success)
        #expect(page.output.hasPrefix("### `\(variant.name)`"), "\(page.output)")
      }
    }
    for metric in Metric.allCases {
      let page = CapturedConsole()
      #expect(page.run("catalogue", metric.name) == .success)
      #expect(page.output.contains(metric.definition.text))
    }
    let wrong = CapturedConsole()
    #expect(wrong.run("catalogue", "tokenBuckt") == .usage)
    #expect(wrong.error.contains("did you mean tokenBucket?"))
  }

  @Test("audit recomputes the money of a study, and names the place where it does not add up")
  func audit() throws {
    let scratch = try ScratchFolder()
    let text = smallScenario.replacingOccurrences(
      of: "\"name\": \"open\"",
      with:
        "\"name\": \"open\", \"layers\": [{\"type\": \"credits\", \"price\": 1, \"initial\": 9}]")
    let path = try scratch.file("small.json", text)
    let out = scratch.path + "/out"
    #expect(CapturedConsole().run("run", path, "-q", "-o", out, "--events") == .success)
    #expect(scratch.has("out/decisions.csv"))
    let fine = CapturedConsole()
    #expect(fine.run("audit", out) == .success)
    #expect(fine.output.contains("6 runs agree."))
    let updates = try scratch.text("out/balance_updates.csv")
    let lines = updates.split(separator: "\n", omittingEmptySubsequences: false)
    let debit = try #require(lines.firstIndex { $0.contains("debit") })
    let broken = lines.enumerated().filter { $0.offset != debit }.map(\.element)
    _ = try scratch.file("out/balance_updates.csv", broken.joined(separator: "\n"))
    let wrong = CapturedConsole()
    #expect(wrong.run("audit", out) == .invalidInput)
    #expect(wrong.error.contains(".csv:"))
    #expect(wrong.output.contains("1 of 6 runs do not add up."))
  }

  @Test("audit says how event files come about when there are none")
  func auditFails() throws {
    let scratch = try ScratchFolder()
    let captured = CapturedConsole()
    #expect(captured.run("audit", scratch.path) == .missingInput)
    #expect(captured.error.contains("--events"))
  }

  @Test("the schema on the output is that of the declarations")
  func schema() {
    let captured = CapturedConsole()
    #expect(captured.run("schema") == .success)
    #expect(captured.output == ScenarioSchema.text())
  }
}
