import Foundation
import Testing
import WeirKernel

@Suite struct VirtualClockTests {
  struct Job {
    var arrival: Int64
    var work: Int64
    /// The whole nanoseconds of the exact departure, by rational arithmetic.
    var departure: Int64
  }

  /// The tables of `Tests/Peers/processor_sharing.py`, which wrote the fixture.
  static let tables: [[UInt64]] = [
    [VirtualClock.fullSpeed],
    [
      VirtualClock.fullSpeed, VirtualClock.fullSpeed * 7 / 4, VirtualClock.fullSpeed * 9 / 4,
      VirtualClock.fullSpeed * 5 / 2,
    ],
    [1_234_567_890, 987_654_321],
  ]

  @Test("departures are within 1 ns per change of exact arithmetic", arguments: 0...2)
  func departures(table: Int) throws {
    let jobs = try jobs(ofTable: table)
    #expect(jobs.count == 250)
    var clock = VirtualClock(totalSpeeds: Self.tables[table])
    var present: [(tag: VirtualClock.Tag, job: Int)] = []
    var arrived = 0
    var changes: Int64 = 0
    while arrived < jobs.count || !present.isEmpty {
      let next = present.min { ($0.tag, $0.job) < ($1.tag, $1.job) }
      let end = next.flatMap { clock.time(of: $0.tag) }
      let arrival = arrived < jobs.count ? jobs[arrived].arrival : .max
      changes += 1
      if let next, let end, end.nanoseconds <= arrival {
        present.removeAll { $0.job == next.job }
        clock.setConcurrency(present.count, at: end)
        #expect(clock.hasReached(next.tag))
        let error = abs(end.nanoseconds - jobs[next.job].departure)
        #expect(error <= changes, "job \(next.job)")
        if present.isEmpty { changes = 0 }
      } else {
        clock.advance(to: SimTime(nanoseconds: arrival))
        let work = SimDuration(nanoseconds: jobs[arrived].work)
        present.append((clock.tag(forWork: work), arrived))
        clock.setConcurrency(present.count, at: clock.time)
        arrived += 1
      }
    }
  }

  @Test("many small steps are one large one, to the last bit")
  func steps() {
    var once = VirtualClock(totalSpeeds: [1_234_567_891])
    once.setConcurrency(7, at: .zero)
    var often = once
    for nanoseconds: Int64 in 1...1000 { often.advance(to: SimTime(nanoseconds: nanoseconds)) }
    once.advance(to: SimTime(nanoseconds: 1000))
    #expect(once == often)
  }

  @Test("a job alone takes its work, and two take twice as long")
  func sharing() {
    var clock = VirtualClock(at: SimTime(nanoseconds: 5))
    clock.setConcurrency(1, at: SimTime(nanoseconds: 5))
    let tag = clock.tag(forWork: .seconds(1))
    #expect(clock.time(of: tag) == SimTime(nanoseconds: 1_000_000_005))
    clock.setConcurrency(2, at: SimTime(nanoseconds: 500_000_005))
    #expect(clock.remainingWork(until: tag) == .milliseconds(500))
    #expect(clock.time(of: tag) == SimTime(nanoseconds: 1_500_000_005))
    #expect(!clock.hasReached(tag))
    clock.advance(to: SimTime(nanoseconds: 1_500_000_005))
    #expect(clock.hasReached(tag))
    #expect(clock.remainingWork(until: tag) == .zero)
  }

  @Test("without a job the clock stands still, and no tag is reached")
  func idle() {
    var clock = VirtualClock()
    let tag = clock.tag(forWork: SimDuration(nanoseconds: 1))
    clock.advance(to: SimTime(nanoseconds: 100))
    #expect(clock.time(of: tag) == nil)
    #expect(clock.time(of: clock.tag(forWork: .zero)) == SimTime(nanoseconds: 100))
  }

  @Test("what lies beyond the range of time is never reached")
  func beyond() {
    var clock = VirtualClock(totalSpeeds: [1])
    clock.setConcurrency(1 << 28, at: .zero)
    #expect(clock.time(of: clock.tag(forWork: SimDuration(nanoseconds: .max))) == nil)
  }

  private func jobs(ofTable table: Int) throws -> [Job] {
    let url = try #require(
      Bundle.module.url(
        forResource: "processor_sharing", withExtension: "csv", subdirectory: "Fixtures"))
    let rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return try rows.compactMap { row in
      let fields = row.split(separator: ",").compactMap { Int64($0) }
      try #require(fields.count == 4)
      guard fields[0] == table else { return nil }
      return Job(arrival: fields[1], work: fields[2], departure: fields[3])
    }
  }
}
