import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct SoraTests {
  static let root = SampleKey(seed: 13)

  static func sora(_ more: String = "") throws -> any Workload {
    try TestWorkload.read(#"{"type": "sora"\#(more)}"#)
  }

  @Test("a visit is one job after another; the last has no pause")
  func structure() throws {
    let workload = try Self.sora()
    #expect(workload.operations == ["720p", "1024p"])
    for number in 0..<300 as Range<UInt32> {
      let jobs = workload.calls(ofSession: number, of: Self.root)
      let unseen = workload.calls(ofSession: number, of: Self.root, seeing: false)
      #expect(jobs.map(\.turn) == (0..<UInt32(jobs.count)).map { $0 })
      #expect(jobs.map(\.pause) == unseen.map(\.pause))
      #expect(jobs.last?.pause == nil)
      for job in jobs {
        #expect(job.demand.units == 1)
        #expect([4000, 8000, 12000].contains(job.demand.milliseconds))
        #expect(job.demand.workToFirstToken == job.demand.work)
      }
    }
  }

  /// Wan2.2 T2V-A14B on 8 H100: 5 s at 720p in 155.1 s; the law says 910, 2,390 and 4,220 GPU-s.
  @Test(
    "a video takes what the published law says, on eight accelerators at once",
    arguments: [("4s", 910.0), ("5s", 1240), ("8s", 2390), ("12s", 4220)])
  func service(clip: String, gpuSeconds: Double) throws {
    let workload = try Self.sora(
      """
      , "clip": "\(clip)", "service": {"noise": 0}, "sizes": [{"name": "720p", "pixels": 921600}]
      """)
    let job = try #require(workload.calls(ofSession: 0, of: Self.root).first)
    expectNear(job.demand.work.seconds, gpuSeconds / 8, within: 0.005, clip)
  }

  @Test("a paid second of a long clip takes half as much again as one of a short clip")
  func perSecond() throws {
    func work(_ clip: Int) throws -> Double {
      let workload = try Self.sora(#", "clip": "\#(clip)s", "service": {"noise": 0}"#)
      let jobs = workload.calls(ofSession: 0, of: Self.root)
      return try #require(jobs.first).demand.work.seconds / Double(clip)
    }
    // 12/4 to the power of 0.4.
    expectNear(try work(12) / work(4), 1.552, within: 0.001, "per second")
  }

  @Test("more pixels take more than in proportion, and other groups their share of the work")
  func sizes() throws {
    func work(_ pixels: Int, gpus: Int) throws -> Double {
      let workload = try Self.sora(
        """
        , "clip": "5s", "service": {"noise": 0, "gpus": \(gpus)},
        "sizes": [{"name": "any", "pixels": \(pixels)}]
        """)
      let jobs = workload.calls(ofSession: 0, of: Self.root)
      return try #require(jobs.first).demand.work.seconds
    }
    expectNear(try work(1_843_200, gpus: 8) / work(921_600, gpus: 8), 2.732, within: 1e-3, "2x")
    expectNear(try work(921_600, gpus: 4), 310, within: 1e-9, "four")
  }

  @Test("each size is an operation, which a product can price apart")
  func operations() throws {
    let workload = try Self.sora(
      """
      , "sessionsPerDay": 2, "jobs": {"median": 3}, "clip": "10s",
      "sizes": [{"name": "small", "pixels": 1, "weight": 3}, {"name": "large", "pixels": 4}]
      """)
    #expect(workload.operations == ["small", "large"])
    let meters = [
      CostMeter(millisecond: 1, denominator: 1000), CostMeter(millisecond: 5, denominator: 1000),
    ]
    // Six jobs a day of 10 s: three in four at 1 a second, one in four at 5.
    #expect(workload.expectedUnitsPerDay(meters) == 6 * (0.75 * 10 + 0.25 * 50))
    let demands = (0..<400).flatMap { workload.calls(ofSession: $0, of: Self.root) }.map(\.demand)
    let large = Double(demands.filter { $0.operation == 1 }.count) / Double(demands.count)
    // 1,200 jobs: 4 standard errors.
    #expect((large - 0.25).magnitude < 4 * (0.25 * 0.75 / 1200).squareRoot())
  }

  @Test("fields without sense are refused where they stand")
  func fields() throws {
    for (field, place) in [
      (#""jobs": {"median": -1}"#, "/jobs/median"), (#""gap": 3"#, "/gap"),
      (#""eager": 1.5"#, "/eager"), (#""failures": -0.1"#, "/failures"),
      (#""clip": "tall""#, "/clip"), (#""sizes": []"#, "/sizes"),
      (#""sizes": [{"name": "a", "pixels": 9, "weight": 0}]"#, "/sizes"),
      (#""sizes": [{"name": "a", "pixels": 9}, {"name": "a", "pixels": 8}]"#, "/sizes/1/name"),
      (#""sizes": [{"name": "a"}]"#, "/sizes/0/pixels"),
      (#""service": {"gpus": 0}"#, "/service/gpus"), (#""turns": 3"#, "/turns"),
    ] {
      #expect(try TestWorkload.refused(#"{"type": "sora", \#(field)}"#) == [place])
    }
  }
}
