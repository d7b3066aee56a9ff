import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

/// What clients do after a refusal, each by itself and in a world.
@Suite struct RefusalResponseTests {
  private struct Holder: Declared {
    let response: RefusalResponse

    init(_ fields: Fields) {
      response = fields.required("response", .variant(RefusalResponse.registry), "The response.")
    }
  }

  private func response(_ json: String) throws -> RefusalResponse {
    let source = SourceFile(name: "response.json", text: #"{"response": \#(json)}"#)
    let reading = Holder.read(from: try #require(JSONNode.parse(source).node))
    try #require(reading.issues.isEmpty, "\(IssueRenderer.text(reading.issues))")
    return reading.value.response
  }

  /// The waits of many intents after their attempt number `attempts`, in nanoseconds.
  private func waits(
    _ json: String, hint: SimDuration? = nil, reset: SimDuration? = nil, attempts: UInt32 = 1,
    count: UInt64 = 4000
  ) throws -> [Int64] {
    let response = try response(json)
    return (0..<count).compactMap {
      let address = CallAddress(SampleKey(seed: 5).child($0))
      return response.nextWait(hint: hint, reset: reset, attempts: attempts, at: address)?
        .nanoseconds
    }
  }

  private func mean(_ values: [Int64]) -> Double {
    Double(values.reduce(0, +)) / Double(values.count) / 1e9
  }

  @Test("none: the intent is given up at once, whatever the hint")
  func leave() throws {
    #expect(try waits(#"{"type": "leave"}"#, hint: .seconds(1)).isEmpty)
  }

  @Test("the hint is honoured with a jitter that only ever adds to it")
  func honourHint() throws {
    let hint = SimDuration.seconds(10)
    let waits = try waits(#"{"type": "honourHint"}"#, hint: hint)
    #expect(waits.count == 4000)
    #expect(waits.allSatisfy { $0 > hint.nanoseconds })
    // Exponential with a mean of 1 s: the mean of 4,000 lies within 5 standard errors.
    #expect(abs(mean(waits) - 11) < 5 / 4000.0.squareRoot())
    #expect(Set(waits).count > 3990, "a herd is spread out")
  }

  @Test("without a hint the intent is given up, unless the client knows a wait of its own")
  func noHint() throws {
    #expect(try waits(#"{"type": "honourHint"}"#).isEmpty)
    let waits = try waits(#"{"type": "honourHint", "withoutHint": "3s", "jitter": "1ms"}"#)
    #expect(waits.allSatisfy { $0 == 3_001_000_000 })
  }

  @Test("exponential: the wait doubles from attempt to attempt, up to the longest")
  func exponential() throws {
    let json = #"{"type": "exponential", "first": "1s", "most": "1m", "fullJitter": false}"#
    let seconds = try (1...9).map { attempts in
      let found = try waits(json, hint: .hours(1), attempts: UInt32(attempts), count: 1)
      return found.map { $0 / 1_000_000_000 }
    }
    #expect(seconds == [[1], [2], [4], [8], [16], [32], [60], [60], [60]])
  }

  @Test("full jitter: the wait is uniform between none and the doubled one", arguments: [1, 4, 9])
  func fullJitter(_ attempts: UInt32) throws {
    let waits = try waits(#"{"type": "exponential"}"#, attempts: attempts)
    let most = [1: 1, 4: 8, 9: 60][attempts] ?? 0
    #expect(waits.allSatisfy { $0 > 0 && $0 <= most * 1_000_000_000 })
    // Uniform on (0, most]: mean most/2 and deviation most/sqrt(12), within 5 standard errors.
    let error = Double(most) / 12.0.squareRoot() / 4000.0.squareRoot()
    #expect(abs(mean(waits) - Double(most) / 2) < 5 * error)
  }

  @Test("who waits for the reset waits that long, and where none is known for the hint")
  func reset() throws {
    let json = #"{"type": "waitForReset", "jitter": "1ms"}"#
    #expect(
      try waits(json, hint: .seconds(1), reset: .seconds(60), count: 1) == [60_001_000_000])
    #expect(try waits(json, hint: .seconds(1), count: 1) == [1_001_000_000])
    #expect(try response(json).waitsForReset)
  }

  @Test("a hammerer asks again and again, whatever the hint")
  func hammer() throws {
    let waits = try waits(#"{"type": "hammer", "every": "250ms"}"#, hint: .hours(1), attempts: 50)
    #expect(waits.allSatisfy { $0 == 250_000_000 })
  }

  @Test("after the last attempt there is no other", arguments: ["honourHint", "exponential"])
  func attempts(_ type: String) throws {
    let json = #"{"type": "\#(type)", "maxAttempts": 3}"#
    #expect(try waits(json, hint: .seconds(1), attempts: 2, count: 1).count == 1)
    #expect(try waits(json, hint: .seconds(1), attempts: 3, count: 1).isEmpty)
  }

  @Test("the same intent waits alike at the same attempt, and otherwise at the next")
  func addressed() throws {
    let json = #"{"type": "exponential", "most": "1s"}"#
    #expect(try waits(json, count: 50) == waits(json, count: 50))
    #expect(try waits(json, count: 50) != waits(json, attempts: 2, count: 50))
  }

  /// Two accounts that ask once, at the same time, when a window of 10 s lets one of them pass.
  private func run(_ response: String) throws -> RunResult {
    try TestScenario.read(
      """
      {
        "horizon": "61m", "drain": "50m", "initial": "fresh",
        "populations": [ {
          "name": "two", "accounts": 2, "behaviour": {"whenRefused": \(response)},
          "workload": {"type": "openLoop", "interarrival": "1h", "service": "10ms"}
        } ],
        "fleet": [ {"name": "server", "servers": 1} ],
        "policies": [ {"name": "window", "layers": [
          {"type": "fixedWindow", "limit": 1, "per": "10s", "by": "everyone"}
        ]} ]
      }
      """
    ).run()
  }

  @Test(
    "in a world: how often is asked until it is served, and how long that takes",
    arguments: [
      (#"{"type": "leave"}"#, 2, 1, nil),
      (#"{"type": "honourHint", "jitter": "1ms"}"#, 3, 2, 10.011),
      // 1, 3, 7 and 15 s later.
      (#"{"type": "exponential", "fullJitter": false}"#, 6, 2, 15.01),
      (#"{"type": "exponential", "fullJitter": false, "maxAttempts": 3}"#, 4, 1, nil),
      (#"{"type": "exponential", "fullJitter": false, "giveUpAfter": "5s"}"#, 4, 1, nil),
      // 1, 2, … and 10 s later.
      (#"{"type": "hammer"}"#, 12, 2, 10.01),
    ] as [(String, Double, Double, Double?)])
  func world(_ response: String, _ attempts: Double, _ completed: Double, _ longest: Double?) throws
  {
    let result = try run(response)
    #expect(result.broken == [])
    #expect(result.metrics[.intents] == 2)
    #expect(result.metrics[.attempts] == attempts)
    #expect(result.metrics[.completed] == completed)
    #expect(result.metrics[.deniedForGood] == 2 - completed)
    if let longest, let found = result.metrics[.endToEndMax] {
      #expect(abs(found - longest) < 0.001 * longest)
    }
  }
}
