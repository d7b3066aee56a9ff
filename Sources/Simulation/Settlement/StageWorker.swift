import WeirAccess
import WeirKernel

/// The worker of a stage, and when it crashes: at times that no policy changes.
struct StageWorker: Sendable {
  var worker: SettlementWorker
  /// Until when it is down.
  private(set) var downUntil = SimTime.zero
  private(set) var crashes: Int64 = 0
  private var crashesAt = SimTime.distantFuture
  private let mean: SimDuration?
  private let restart: Distribution
  private let key: SampleKey
  private let purpose: Purpose

  /// A worker that is going to crash as the faults say, sampled below `key`.
  init(_ stage: SettlementStage, _ faults: SettlementFaults, key: SampleKey) {
    worker = SettlementWorker(stage)
    mean = faults.crashEvery
    restart = faults.restart
    self.key = key
    purpose = stage == .pricing ? .pricingCrash : .debitingCrash
    crashesAt = nextCrash(after: .zero)
  }

  /// Has the worker receive a delivery, at which it may die.
  mutating func receive(
    _ charge: MonetizationEvent, receipt: UInt32, with stack: inout Stack, at now: SimTime
  ) {
    guard now >= crashesAt else {
      return worker.receive(charge, receipt: receipt, with: &stack, at: now)
    }
    var samples = key.samples(purpose, index: 2 * UInt32(crashes) + 1)
    let steps = SettlementWorker.Step.allCases
    let step = steps[Int(samples.below(UInt64(steps.count)))]
    downUntil = now + SimDuration(rounding: max(0, restart.sample(&samples)))
    crashes += 1
    crashesAt = nextCrash(after: downUntil)
    worker.receive(charge, receipt: receipt, with: &stack, at: now, dyingAfter: step)
  }

  /// When it next crashes, having started at `time`.
  private func nextCrash(after time: SimTime) -> SimTime {
    guard let mean else { return .distantFuture }
    var samples = key.samples(purpose, index: 2 * UInt32(crashes))
    return time + SimDuration(rounding: mean.seconds * samples.exponential())
  }
}
