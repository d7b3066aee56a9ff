import Testing
import WeirSimulation

@testable import WeirLab

/// Four requests to one server, worked out by hand, through the whole simulation.
@Suite struct FirstInFirstOutTests {
  struct Case: Decodable, Sendable {
    struct Request: Decodable {
      let arrival: Double
      let service: Double
      let wait: Double
      let sojourn: Double
    }
    let requests: [Request]
    let horizon: Double
    let L: Double
    let lam: Double
    let W: Double
    let utilisation: Double
    let mean_slowdown: Double
  }

  static let cases = vectors("fifo_trace", as: Case.self)

  /// The requests as a trace whose output tokens take a second each.
  static func file(_ expected: Case) throws -> ScenarioFile {
    let rows = expected.requests.map { request in
      let tenths = Int(request.arrival * 10)
      return "2026-01-01 00:00:0\(tenths / 10).\(tenths % 10)000000,1,\(Int(request.service))\n"
    }
    let text = """
      {
        "name": "fifo", "horizon": "\(Int(expected.horizon))s", "replications": 1,
        "populations": [ {
          "name": "all", "accounts": 1,
          "workload": {
            "type": "trace", "format": "azure", "file": "fifo.csv",
            "service": {
              "base": "0s", "perOutput": "1s", "perNewInput": "0s", "perInput": "0s", "noise": 0
            }
          }
        } ],
        "fleet": [ {"name": "server", "servers": 1} ], "policies": [ {"name": "open"} ]
      }
      """
    let trace = "TIMESTAMP,ContextTokens,GeneratedTokens\n" + rows.joined()
    return try ScenarioFile(
      "fifo.json", reader: .texts(["fifo.json": text, "fifo.csv": trace]),
      search: InputSearch(traces: ""))
  }

  @Test("waits, slowdowns and Little's law are those worked out by hand", arguments: cases)
  func byHand(_ expected: Case) throws {
    let row = StudyRunner.result(of: 0, in: Study(try Self.file(expected))).metrics
    let count = Double(expected.requests.count)
    var accuracy = Accuracy()
    accuracy.compare(row[.intents], count, "requests")
    accuracy.compare(row[.utilisation], expected.utilisation, "utilisation")
    accuracy.compare(row[.endToEndMean], expected.W, "W")
    accuracy.compare(row[.slowdownMean], expected.mean_slowdown, "slowdown")
    accuracy.compare(
      row[.queueWaitMean], expected.requests.reduce(0) { $0 + $1.wait } / count, "wait")
    accuracy.compare(
      row[.endToEndMax], expected.requests.map(\.sojourn).max(), "longest")
    // One server: who is in the system waits, or keeps the server busy.
    let inSystem = try #require(row[.queueMean]) + (try #require(row[.utilisation]))
    accuracy.compare(inSystem, expected.L, "L")
    accuracy.compare(expected.lam * expected.W, expected.L, "Little's law")
    #expect(accuracy.worst < 1e-14, "\(accuracy)")
  }
}
