import WeirAccess
import WeirKernel

/// A population while the world runs, with all names resolved to indices.
struct PopulationState: Sendable {
  let name: String
  /// The accounts of the population, as dense indices.
  let accounts: Range<UInt32>
  let plan: PlanIndex
  let priority: Int64
  let product: ProductIndex
  let model: ModelIndex
  let pool: UInt16
  let meter: Meter
  /// The index in the directory of each operation of the workload.
  let operations: [OperationIndex]
  var workload: any Workload
  let behaviour: Behaviour
  /// Whether an intent waits for ever, so that no patience need be sampled.
  let isPatient: Bool
  /// Whether the population is labelled as abusive.
  let isAbusive: Bool
}

/// An account while the world runs.
struct AccountState: Sendable {
  var key: SampleKey
  var weight: Double
  /// What it has bought so far.
  var spent = Credits.zero
  /// When its last session began.
  var lastSessionAt = SimTime.zero
  var nextSession: UInt32 = 0
  /// The number of requests made so far.
  var requests: UInt32 = 0
  var population: UInt16
}
