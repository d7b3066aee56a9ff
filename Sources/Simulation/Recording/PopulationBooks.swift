import WeirKernel

/// What is counted of one population while a run goes on.
struct PopulationBooks: ~Copyable, Sendable {
  var counts = Counts()
  var latencies = LatencyRecorder()
  /// The requests of the present interval of the timeline.
  var requests = Timeline.Requests()
  /// The calls that were made, and those that never were.
  var reach = Reach()
  /// The longest that an account may be kept out before its session counts as broken.
  let tolerableGap: SimDuration
  /// Whether its accounts are labelled as abusive.
  let isLabelled: Bool

  init(_ population: Population, _ behaviour: Behaviour) {
    tolerableGap = behaviour.tolerableGap
    isLabelled = population.isAbusive
  }
}
