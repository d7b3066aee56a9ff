import WeirFormats

/// How often sessions start, as the fields of a workload whose sessions have no law of gaps.
struct SessionRate {
  let perDay: Double
  let starts: SessionStarts

  /// Reads the fields, which stand in the workload's own object.
  init(_ fields: Fields, perDay standard: Double, profile: String) {
    perDay = fields.value(
      "sessionsPerDay", .number(above: 0, upTo: 1_000_000), default: standard,
      "The sessions that an account of weight 1 starts in a day, on average over the week.")
    let variation = fields.value(
      "variation", .number(in: 0...30), default: 1.1,
      "The standard deviation of the gaps between session starts over their mean.")
    let profile = fields.value(
      "profile", .weeklyProfile, whenAbsent: .text(profile),
      "How the rate of session starts moves through the week.")
    let crowd = fields.optional(
      "flashCrowd", .object(FlashCrowd.self), "A sudden crowd of sessions; there is none.")
    starts = SessionStarts(
      perDay: perDay, variation: variation, OperationalTime(profile, crowd))
  }
}
