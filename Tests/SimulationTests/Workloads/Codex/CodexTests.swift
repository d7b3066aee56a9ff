import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct CodexTests {
  static let root = SampleKey(seed: 7)

  static func codex(_ more: String = "") throws -> any Workload {
    try TestWorkload.read(#"{"type": "codex"\#(more)}"#)
  }

  @Test("a session is turns of calls, one after another; its last call has no pause")
  func structure() throws {
    let workload = try Self.codex()
    #expect(workload.operations == ["turn", "continuation"])
    for number in 0..<200 as Range<UInt32> {
      let calls = workload.calls(ofSession: number, of: Self.root)
      #expect(calls.first?.turn == 0 && calls.first?.call == 0)
      for (call, next) in zip(calls, calls.dropFirst()) {
        let isSameTurn = next.turn == call.turn && next.call == call.call + 1
        let isNextTurn = next.turn == call.turn + 1 && next.call == 0
        #expect(isSameTurn || isNextTurn)
        #expect(call.pause != nil)
      }
      for call in calls { #expect(call.demand.operation == (call.call == 0 ? 0 : 1)) }
    }
  }

  @Test("calls that nobody makes are the same calls: the structure does not ask for demands")
  func unseen() throws {
    let workload = try Self.codex()
    for number in 0..<100 as Range<UInt32> {
      let seen = workload.calls(ofSession: number, of: Self.root)
      let unseen = workload.calls(ofSession: number, of: Self.root, seeing: false)
      #expect(seen.map(\.turn) == unseen.map(\.turn))
      #expect(seen.map(\.call) == unseen.map(\.call))
      #expect(seen.map(\.pause) == unseen.map(\.pause))
    }
  }

  @Test("all that a call sends was new or came before; the cache holds all of that or nothing")
  func context() throws {
    let workload = try Self.codex()
    var misses = 0
    var compactions = 0
    var total = 0
    for number in 0..<100 as Range<UInt32> {
      var sent: Int64?
      for call in workload.calls(ofSession: number, of: Self.root) {
        let demand = call.demand
        #expect(demand.input + demand.cachedInput <= 258_000)
        if demand.cachedInput == 0 { misses += 1 }
        if demand.cachedInput == 64_500 { compactions += 1 }
        if let sent, demand.cachedInput > 0, demand.cachedInput != 64_500 {
          #expect(demand.cachedInput == sent)
        }
        sent = demand.input + demand.cachedInput
        total += 1
      }
    }
    #expect(total > 3000 && misses > total / 60 && misses < total / 20)
    #expect(compactions > 0)
  }

  @Test("a call takes what its tokens take, and the first token what comes before the output")
  func service() throws {
    let workload = try Self.codex(#", "service": {"noise": 0}"#)
    for call in workload.calls(ofSession: 3, of: Self.root) {
      let demand = call.demand
      let new = Double(demand.input)
      let input = Double(demand.input + demand.cachedInput)
      let before = 1.31 + 1.94e-5 * new + 1.44e-5 * input
      #expect((demand.workToFirstToken.seconds - before).magnitude < 2e-9)
      let all = before + 0.0148 * Double(demand.output)
      #expect((demand.work.seconds - all).magnitude < 2e-9)
    }
  }

  @Test("every part can be stated: a fleet of alike sessions")
  func stated() throws {
    let workload = try Self.codex(
      """
      , "turns": {"median": 2}, "calls": {"continued": 1, "continuations": {"median": 2}},
      "context": {"first": "10k", "append": 1000, "limit": "12k", "keep": 0.5, "missed": 0},
      "output": 100, "tool": "2s", "think": "1m",
      "service": {"base": "1s", "perOutput": "10ms", "perNewInput": "1ms", "perInput": "0s",
        "noise": 0}
      """)
    let calls = workload.calls(ofSession: 0, of: Self.root)
    #expect(calls.map(\.call) == [0, 1, 2, 0, 1, 2])
    #expect(calls.map(\.demand.cachedInput) == [10000, 11000, 6000, 7000, 8000, 9000])
    #expect(calls.allSatisfy { $0.demand.input == 1000 && $0.demand.output == 100 })
    #expect(calls.allSatisfy { $0.demand.work == .seconds(3) })
    #expect(calls.allSatisfy { $0.demand.workToFirstToken == .seconds(2) })
    let tool = SimDuration.seconds(2)
    #expect(calls.map(\.pause) == [tool, tool, .minutes(1), tool, tool, nil])
  }

  @Test("fields without sense are refused where they stand")
  func fields() throws {
    for (field, place) in [
      (#""calls": {"continued": 1.1}"#, "/calls/continued"),
      (#""calls": {"perTurn": 3}"#, "/calls/perTurn"),
      (#""context": {"limit": 0}"#, "/context/limit"),
      (#""context": {"keep": 1}"#, "/context/keep"),
      (#""context": {"first": "1h"}"#, "/context/first"),
      (#""output": -1"#, "/output"), (#""tool": 3"#, "/tool"),
      (#""think": {"type": "lognormal", "median": "3s"}"#, "/think"),
      (#""service": {"noise": -0.1}"#, "/service/noise"),
      (#""service": {"perToken": "1ms"}"#, "/service/perToken"),
    ] {
      #expect(try TestWorkload.refused(#"{"type": "codex", \#(field)}"#) == [place])
    }
  }
}
