public import WeirFormats

/// All layers that a scenario can name, in the order of the reference pages.
public enum Catalogue {
  /// The registry of layers; other packages add theirs through `Extensions`.
  public static let layers = VariantRegistry<NamedLayer>(
    "layer",
    limits.variants + [
      .layer(AllOf.self),
      .layer(PostPaid.self),
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
      .layer(BehaviourLadder.self),
      .layer(ProgressivePenalty.self),
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
      .layer(Concurrency.self),
    ])

  /// What judges counts of accounts, as the detector of a ``BehaviourLadder``.
  public static let detectors = VariantRegistry<AnyDetector>(
    "detector",
    [
      .detector(EwmaDetector.self),
      .detector(EwmaChartDetector.self),
      .detector(CusumDetector.self),
      .detector(PageHinkleyDetector.self),
      .detector(CeilingDetector.self),
      .detector(AnyOfDetector.self),
    ])
}
