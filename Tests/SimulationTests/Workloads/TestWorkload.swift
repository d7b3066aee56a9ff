import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

/// A workload read from its JSON, and the samples of it that tests look at.
struct TestWorkload: Declared {
  let workload: any Workload

  init(_ fields: Fields) {
    workload = fields.required("workload", .variant(WorkloadCatalogue.registry), "It.").workload
  }

  /// Reads the JSON object of a workload; records an issue of the test when it is not valid.
  static func read(_ json: String) throws -> any Workload {
    let reading = try reading(json)
    for issue in reading.issues { Issue.record("\(IssueRenderer.text(issue))") }
    return reading.value.workload
  }

  /// The places in the workload's object that are refused.
  static func refused(_ json: String) throws -> [String] {
    try reading(json).issues.map { issue in
      JSONPointer(Array(issue.pointer.tokens.dropFirst())).description
    }
  }

  private static func reading(_ json: String) throws -> Reading<TestWorkload> {
    let text = "{\"workload\": \(json)}"
    let node = try #require(JSONNode.parse(SourceFile(name: "test.json", text: text)).node)
    return read(from: node)
  }
}

extension Workload {
  /// Every call of one session, with the pause after it; `nil` after the last.
  func calls(ofSession number: UInt32, of account: SampleKey, seeing: Bool = true) -> [TestCall] {
    var script = Script(
      key: account.child(UInt64(number)), session: number, place: 0)
    open(&script)
    var calls: [TestCall] = []
    while true {
      var call = TestCall(turn: script.turn, call: script.call)
      let address = script.callAddress
      if seeing { call.demand = demand(of: &script, at: address) }
      call.pause = advance(&script, at: address)
      calls.append(call)
      if call.pause == nil { return calls }
    }
  }

  /// The starts of one account's sessions until `end`.
  func starts(of account: SampleKey, weight: Double = 1, until end: SimTime) -> [SimTime] {
    let view = AccountView(key: account, weight: weight, place: 0)
    var result: [SimTime] = []
    var last = SimTime.zero
    while let time = start(ofSession: UInt32(result.count), of: view, after: last), time < end {
      result.append(time)
      last = time
    }
    return result
  }
}

/// One call of a session.
struct TestCall {
  var turn: UInt32
  var call: UInt32
  var demand = Demand()
  var pause: SimDuration?
}

/// The quantile at `probability` by nearest rank.
func quantile(_ values: [Double], _ probability: Double) -> Double {
  let sorted = values.sorted()
  let rank = Int((probability * Double(sorted.count)).rounded(.up))
  return sorted[max(1, rank) - 1]
}

/// The mean of `values`.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The standard deviation of `values` over their mean.
func variation(_ values: [Double]) -> Double {
  let mean = mean(values)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / Double(values.count - 1)).squareRoot() / mean
}

/// Expects `value` within `tolerance` times `published`.
func expectNear(
  _ value: Double, _ published: Double, within tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    (value - published).magnitude <= tolerance * published,
    "\(what): \(value), published \(published)", sourceLocation: sourceLocation)
}
