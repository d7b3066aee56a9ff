import WeirAccess
import WeirKernel

/// A population while the world runs, with all names resolved to indices: plain numbers.
struct PopulationState: Sendable {
  /// The accounts of the population, as dense indices.
  let accounts: Range<UInt32>
  let plan: PlanIndex
  let product: ProductIndex
  let model: ModelIndex
  let pool: UInt16
  /// Where the operations of the workload begin in the list of them all.
  let firstOperation: Int
  /// Whether an intent waits for ever, so that no patience need be sampled.
  let isPatient: Bool
  /// Whether a refused intent is given up at once, so that nothing else need be asked.
  let givesUpAtOnce: Bool
  /// Whether each session makes just one call.
  let hasOneCall: Bool
  /// Whether the work of an intent is sampled when its service starts.
  let samplesWorkLate: Bool
  /// What each of its only calls asks for, where they are all alike but for their work.
  let uniform: UniformIntent?
  /// Whether the population is labelled as abusive.
  let isAbusive: Bool
  /// Whether its refused intents count as blocked: not where it is labelled and others are not.
  let countsAsBlocked: Bool
}

/// An account while the world runs.
struct AccountState: Sendable {
  var key: SampleKey
  var weight: Double
  /// What it has bought so far.
  var spent = Credits.zero
  /// When its next session that is not on the calendar starts; distant when none does.
  var nextStart = SimTime.zero
  /// When it first asked for something; distant when it never did.
  var firstAttemptAt = SimTime.distantFuture
  /// The number of the next session to open.
  var nextSession: UInt32 = 0
  /// The number of requests made so far.
  var requests: UInt32 = 0
  let population: UInt16
  /// The plan that the account is on now.
  var plan: PlanIndex
  let organisation: OrganisationIndex
  let team: TeamIndex
}
