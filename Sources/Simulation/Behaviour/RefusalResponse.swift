import WeirAccess
public import WeirFormats
public import WeirKernel

/// What an account does after a refusal.
public struct RefusalResponse: Sendable {
  /// How the wait before the next attempt is found.
  enum Wait: Sendable {
    case leave
    case honourHint(jitter: Distribution, withoutHint: SimDuration?)
    case waitForReset(jitter: Distribution)
    case exponential(first: SimDuration, most: SimDuration, fullJitter: Bool)
    case every(Distribution)
  }

  let wait: Wait
  /// The most attempts at one intent, the first included.
  public let maxAttempts: Int64
  /// The time since its first attempt after which an intent is given up; `nil` for never.
  public let giveUpAfter: SimDuration?

  /// The responses that a scenario can name.
  public static let registry = VariantRegistry<RefusalResponse>(
    "refusal response",
    [
      .init("leave", "Give up at once: the intent is denied for good.") { fields in
        RefusalResponse(wait: .leave, maxAttempts: 1, giveUpAfter: nil)
      },
      .init("honourHint", "Try again when the refusal says, plus a random wait.") { fields in
        let jitter = fields.value(
          "jitter", .spanDistribution, whenAbsent: ["type": "exponential", "mean": "1s"],
          "The wait beyond the hint, never less than none.")
        let other = fields.optional(
          "withoutHint", .span, "The wait when the refusal has no hint; the intent is given up.")
        return RefusalResponse(
          .honourHint(jitter: jitter, withoutHint: other), fields, attempts: 10)
      },
      .init("waitForReset", "Wait until the layer that refused is full again.") { fields in
        let jitter = fields.value(
          "jitter", .spanDistribution, whenAbsent: ["type": "exponential", "mean": "1m"],
          "The wait beyond the reset, never less than none.")
        return RefusalResponse(.waitForReset(jitter: jitter), fields, attempts: 10)
      },
      .init("exponential", "Try again after a wait that doubles each time.") { fields in
        let first = fields.value("first", .span, default: .seconds(1), "The first wait.")
        let most = fields.value("most", .span, default: .minutes(1), "The longest wait.")
        let full = fields.value(
          "fullJitter", .flag, default: true,
          "Whether the wait is uniform between none and the doubled one, not the doubled itself.")
        return RefusalResponse(
          .exponential(first: first, most: most, fullJitter: full), fields, attempts: 10)
      },
      .init("hammer", "Try again and again, whatever the refusal says.") { fields in
        let every = fields.value(
          "every", .spanDistribution, whenAbsent: "1s", "The wait between two attempts.")
        return RefusalResponse(.every(every), fields, attempts: 100)
      },
    ])

  init(wait: Wait, maxAttempts: Int64, giveUpAfter: SimDuration?) {
    self.wait = wait
    self.maxAttempts = maxAttempts
    self.giveUpAfter = giveUpAfter
  }

  private init(_ wait: Wait, _ fields: Fields, attempts: Int64) {
    self.wait = wait
    maxAttempts = fields.value(
      "maxAttempts", .integer(in: 1...1_000_000), default: attempts,
      "The most attempts at one intent, the first included.")
    giveUpAfter = fields.optional(
      "giveUpAfter", .span, "The time since the first attempt after which it is given up; never.")
  }

  /// Whether the intent is given up at once.
  var isLeaving: Bool {
    if case .leave = wait { true } else { false }
  }

  /// Whether the wait depends on when the refusing layer is full again.
  var waitsForReset: Bool {
    if case .waitForReset = wait { true } else { false }
  }

  /// The wait before the next attempt; `nil` when the intent is given up.
  ///
  /// - Parameters:
  ///   - hint: the retry-after of the refusal.
  ///   - reset: the time until the refusing layer is full again, if the account ``waitsForReset``.
  ///   - attempts: the attempts made so far.
  ///   - address: where the samples of the call are.
  func nextWait(
    hint: SimDuration?, reset: SimDuration?, attempts: UInt32, at address: CallAddress
  ) -> SimDuration? {
    guard Int64(attempts) < maxAttempts else { return nil }
    var samples = address.key.samples(.retry, index: attempts)
    switch wait {
    case .leave:
      return nil
    case .honourHint(let jitter, let withoutHint):
      return (hint ?? withoutHint).map { $0 + Self.positive(jitter, &samples) }
    case .waitForReset(let jitter):
      return (reset ?? hint).map { $0 + Self.positive(jitter, &samples) }
    case .exponential(let first, let most, let fullJitter):
      let doublings = min(attempts - 1, 40)
      let doubled = first.nanoseconds.multipliedReportingOverflow(by: 1 << Int64(doublings))
      let wait = doubled.overflow ? most : min(most, SimDuration(nanoseconds: doubled.partialValue))
      guard fullJitter, wait > .zero else { return wait }
      return SimDuration(nanoseconds: Int64(samples.below(UInt64(wait.nanoseconds))) + 1)
    case .every(let gap):
      return Self.positive(gap, &samples)
    }
  }

  /// A sample that is at least one nanosecond, so that time moves on.
  private static func positive(
    _ distribution: Distribution, _ samples: inout Samples
  ) -> SimDuration {
    max(SimDuration(nanoseconds: 1), SimDuration(rounding: distribution.sample(&samples)))
  }
}
