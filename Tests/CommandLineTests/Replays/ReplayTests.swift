import Testing
import WeirVectors

/// Vectors of public projects through `weir decide` alone: a policy and rows as files, answers out.
@Suite struct ReplayTests {
  static let sets =
    WindowReplays.sets + BucketReplays.sets + QueueReplays.sets + BurstReplays.sets
    + FundReplays.sets + unsayable

  @Test("a set of vectors is replayed through the command", arguments: sets)
  func replay(_ set: ReplaySet) throws { try set.run() }

  @Test("every set of the documentation is replayed, or says why not")
  func all() {
    let names = Set(Self.sets.map(\.name))
    #expect(names.count == Self.sets.count)
    #expect(names == Set(VectorPage.shared.runs.keys))
    #expect(names == Set(VectorPage.shared.replays.keys))
  }

  /// The sets that are about what no row says or no answer shows.
  private static let unsayable: [ReplaySet] = [
    .cannot(
      "admission_control_envoy", "envoyproxy-envoy", groups: [0],
      "probabilities and samples of choice: the sample of a row is its own"),
    .cannot(
      "concurrency_envoy_gradient", "envoyproxy-envoy", groups: [1],
      "windows of samples that are closed by hand"),
    .cannot(
      "concurrency_limits", "netflix-concurrency-limits", groups: [9],
      "samples that say how much is under way: rows make requests"),
    .cannot(
      "anomaly_cusum_ewma", "control-charts",
      "sums and means of a detector, of which a row shows the flag alone"),
    .cannot(
      "derived_ewma_zscore", "ewma-score",
      "sums and means of a detector, of which a row shows the flag alone"),
    .cannot(
      "river", "river", "sums and means of a detector, of which a row shows the flag alone"),
    .cannot(
      "heavy_hitters_space_saving", "space-saving", "counters of a sketch, which no row shows"),
    .cannot("derived_dagor", "dagor", "levels and histograms, which no row shows"),
    .cannot("doorman", "doorman", "an apportionment by itself: claims without requests"),
    .cannot(
      "sre_throttle_and_bbr", "aegis-and-go-zero", groups: [0, 1, 2],
      "counts of windows that are set by hand, and probabilities"),
    .cannot(
      "credit_grants_openmeter/prioritise", "openmeter", groups: [1],
      "the order of lots: a row shows what a fund has left in all"),
  ]
}
