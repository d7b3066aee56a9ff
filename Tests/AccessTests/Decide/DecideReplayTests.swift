import Testing
import WeirAccess
import WeirFormats
import WeirKernel

/// Vectors of public projects, replayed through ``DecideSession`` alone: a policy as it is written
/// in a file, rows in, answers out.
@Suite struct DecideReplayTests {
  @Test("the cell rate answers as throttled and redis-cell do, and shows what they show")
  func cellRate() throws {
    let vector = try VectorFile("throttled-and-redis-cell").groups[0].cases[0]
    let policy = try DrivenPolicy(
      writtenAs: """
        {"type": "gcra", "rate": 1, "per": "\(vector.given.time("period"))ns",
         "burst": \(vector.given.units("limit"))}
        """)
    let rows = vector.steps.map { "\($0.time("at")),a,request,\($0.units("cost"))," }
    let answers = try replay(rows, policy)
    let story = try explain(rows, policy)
    var steps = 0
    for (number, step) in vector.steps.enumerated() {
      let answer = answers[number]
      #expect((answer.outcome == "admit") == step.flag("allowed"), "step \(number)")
      #expect(answer.remaining == step.integer("remaining"), "step \(number)")
      let retry = try #require(step.integer("retryAfter"))
      #expect(answer.retryAfter == (retry < 0 ? nil : retry), "step \(number)")
      // After an answer its account sees what upstream tells it.
      let reset = try #require(step.integer("resetAfter"))
      let words = "\(step.units("remaining")) of \(vector.given.units("limit")) left, "
      let seen = reset > 0 ? words + "full in \(DurationText.text(reset)), " : words
      #expect(story[number].contains(seen), "step \(number): \(story[number])")
      steps += 1
    }
    #expect(steps == 16)
  }

  @Test("the token bucket answers as falconry/token-bucket does")
  func tokenBucket() throws {
    var steps = 0
    for vector in try VectorFile("falconry-token-bucket").groups[0].cases {
      let rate = Double(vector.given.number("ratePerS") ?? "") ?? 0
      let policy = try DrivenPolicy(
        writtenAs: """
          {"type": "tokenBucket", "capacity": \(vector.given.units("capacity")),
           "refill": \(Int64(rate * 2)), "per": "2s"}
          """)
      let answers = try replay(
        vector.steps.map { "\($0.time("at")),a,request,\($0.units("cost"))," }, policy)
      for (answer, step) in zip(answers, vector.steps) {
        #expect((answer.outcome == "admit") == step.flag("allowed"), "\(vector.name)")
        let tokens = try #require(step.double("tokensAfter"))
        #expect(answer.remaining == Int64(tokens.rounded(.down)), "\(vector.name)")
        steps += 1
      }
    }
    #expect(steps == 240)
  }

  @Test("leases run out as in mennanov/limiters")
  func concurrency() throws {
    var steps = 0
    for vector in try VectorFile("mennanov-limiters").groups[2].cases {
      let policy = try DrivenPolicy(
        writtenAs: """
          {"type": "concurrency", "limit": \(vector.given.units("capacity")),
           "lease": "\(vector.given.time("ttl"))ns"}
          """)
      let answers = try replay(
        vector.steps.map { "\($0.time("at")),a,reserve,1,\($0.text("key"))" }, policy)
      for (answer, step) in zip(answers, vector.steps) {
        #expect((answer.outcome == "admit") == step.flag("allowed"), "\(vector.name)")
        steps += 1
      }
    }
    #expect(steps == 10)
  }

  @Test("several logs at once answer as PyrateLimiter does")
  func logs() throws {
    var steps = 0
    let vectors = try VectorFile("pyrate-limiter").groups[0].cases
    for vector in vectors where vector.algorithm == "sliding_window_log" {
      let rates = (vector.given["ratesLimitIntervalMs"]?.elements ?? []).map(\.integers)
      let limits = rates.map {
        #"{"type": "slidingLog", "limit": \#($0[0]), "per": "\#($0[1])ms", "inclusive": true}"#
      }
      let policy = try DrivenPolicy(
        writtenAs: #"{"type": "allOf", "limits": [\#(limits.joined(separator: ", "))]}"#)
      let answers = try replay(
        vector.steps.map { "\($0.time("at") * 1_000_000),a,request,\($0.units("cost"))," }, policy)
      for (answer, step) in zip(answers, vector.steps) {
        #expect((answer.outcome == "admit") == step.flag("allowed"), "\(vector.name)")
        steps += 1
      }
    }
    #expect(steps > 0)
  }

  // MARK: Rows

  private struct Answer {
    var outcome: String
    var remaining: Int64?
    var retryAfter: Int64?
  }

  private func run(_ rows: [String], _ policy: DrivenPolicy, explains: Bool) throws -> String {
    let text = (["time_ns,account,operation,cost,key"] + rows).joined(separator: "\n") + "\n"
    let bytes = try DecideSession.run(
      SourceFile(name: "rows.csv", text: text), policy, explains: explains)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func replay(_ rows: [String], _ policy: DrivenPolicy) throws -> [Answer] {
    let text = try run(rows, policy, explains: false)
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return Answer(
        outcome: String(cells[3]), remaining: Int64(cells[5]), retryAfter: Int64(cells[6]))
    }
  }

  /// What is told of each row, with the states after it.
  private func explain(_ rows: [String], _ policy: DrivenPolicy) throws -> [String] {
    let text = try run(rows, policy, explains: true)
    let lines = text.split(separator: "\n").map(String.init)
    let starts = lines.indices.filter { lines[$0].hasPrefix("row ") } + [lines.endIndex]
    return zip(starts, starts.dropFirst()).map {
      lines[$0..<$1].joined(separator: "\n")
    }
  }
}

extension DrivenPolicy {
  /// The policy with the layers that are written so, one after another.
  init(
    writtenAs layers: String..., plans: [Plan] = [Plan(name: "default")],
    products: [String] = ["requests"]
  ) throws {
    let text = #"{"layers": [\#(layers.joined(separator: ", "))]}"#
    let (node, issues) = JSONNode.parse(SourceFile(name: "policy.json", text: text))
    let document = try #require(node, "\(issues)")
    let reading = LayerList.read(from: document)
    try #require(reading.issues.isEmpty, "\(IssueRenderer.text(reading.issues))")
    self.init(
      layers: reading.value.layers, written: WrittenLayers(of: document, extensions: Extensions()),
      plans: plans, products: products)
  }

  private struct LayerList: Declared {
    let layers: [NamedLayer]

    init(_ fields: Fields) {
      layers = fields.required(
        "layers", .list(of: .variant(fields.registry(Catalogue.layers))), "The layers.")
    }
  }
}
