public import WeirFormats

/// All layers that a scenario can name, in the order of the reference pages.
public enum Catalogue {
  /// The registry of layers; other packages add theirs through `Extensions`.
  public static let layers = VariantRegistry<NamedLayer>(
    "layer",
    limits.variants + [
      .layer(AllOf.self),
      .layer(PostPaid.self),
      .layer(BankedResets.self),
      .layer(PeakHours.self),
      .layer(LoadAdaptive.self),
      .layer(VegasLimit.self),
      .layer(GradientLimit.self),
      .layer(EnvoyGradient.self),
      .layer(AdaptiveThrottle.self),
      .layer(AdmissionControl.self),
      .layer(BottleneckShedding.self),
      .layer(DagorShedding.self),
      .layer(LevelShedding.self),
      .layer(LoadShares.self),
      .layer(CapacityLeases.self),
      .layer(BehaviourLadder.self),
      .layer(ProgressivePenalty.self),
      .layer(UsageTracker.self),
      .layer(SpikeDetector.self),
      .layer(TurnGrace.self),
      .layer(Promotion.self),
      .layer(Grants.self),
      .layer(PrepaidCredits.self),
    ])

  /// The limits, which can also be members of an ``AllOf``.
  public static let limits = VariantRegistry<NamedLayer>(
    "limit",
    [
      .layer(PlanAllowance.self),
      .layer(FixedWindow.self),
      .layer(SlidingLog.self),
      .layer(SlidingCounter.self),
      .layer(TokenBucket.self),
      .layer(BurstStore.self),
      .layer(GenericCellRate.self),
      .layer(LeakyBucket.self),
      .layer(Pacer.self),
      .layer(Cycles.self),
      .layer(Hierarchy.self),
      .layer(Concurrency.self),
    ])

  /// The limits that accounts can have reset, as the member of ``BankedResets``.
  public static let resettable = VariantRegistry<NamedLayer>(
    "limit", limits.variants + [.layer(AllOf.self)])

  /// What judges series of counts by themselves, such as those of all accounts together.
  public static let seriesDetectors = VariantRegistry<AnyDetector>(
    "series detector",
    [
      .detector(EwmaDetector.self),
      .detector(EwmaChartDetector.self),
      .detector(CusumDetector.self),
      .detector(PageHinkleyDetector.self),
      .detector(CeilingDetector.self),
    ])

  /// What judges the counts of accounts, as the detector of a ``BehaviourLadder``.
  public static let detectors = VariantRegistry<AnyDetector>(
    "detector",
    seriesDetectors.variants + [
      .detector(ConcentrationDetector.self),
      .detector(HeavyHitterDetector.self),
      .detector(VelocityDetector.self),
      .detector(AnyOfDetector.self),
    ])
}
