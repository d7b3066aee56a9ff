import Testing
import Weir

@testable import MyLab

@Suite struct MyLabTests {
  private func job(_ slot: UInt32, cost: Int64) -> Job {
    Job(slot: slot, account: 0, priority: 0, cost: Units(cost), queuedAt: .zero)
  }

  private func scheduler() -> CheapestFirst { CheapestFirst.read(from: [:]).value }

  @Test("the cheapest job goes first, and of equal ones the first that came")
  func order() {
    var scheduler = scheduler()
    for (slot, cost) in [(1, 3), (2, 1), (3, 2), (4, 1)] {
      scheduler.enqueue(job(UInt32(slot), cost: Int64(cost)))
    }
    scheduler.remove(slot: 3)
    #expect(scheduler.count == 3)
    var slots: [UInt32] = []
    while let job = scheduler.next() { slots.append(job.slot) }
    #expect(slots == [2, 4, 1])
  }

  @Test("a batch has as many requests as its size says, and begins at its hour")
  func batch() throws {
    let fields: JSONNode = ["hour": "3h", "size": 5, "service": "30s"]
    let batch = NightlyBatch.read(from: fields).value
    let key = SampleKey(seed: 1)
    let account = AccountView(key: key, weight: 1, place: 0)
    #expect(batch.start(ofSession: 1, of: account, after: .zero) == .zero + .hours(27))
    var script = Script(key: key, session: 0, place: 0)
    batch.open(&script)
    var calls = 1
    while batch.advance(&script, at: script.callAddress) != nil { calls += 1 }
    #expect(calls == 5)
    #expect(batch.demand(of: &script, at: script.callAddress).work == .seconds(30))
    #expect(batch.expectedUnitsPerDay([CostMeter(unit: 1)]) == 5)
  }
}
