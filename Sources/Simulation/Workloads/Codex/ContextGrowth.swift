import WeirFormats
import WeirKernel

/// How the context of a session grows from call to call, and how much of it a cache holds.
///
/// A call sends all of the context with some new tokens, among them what the model said last. At
/// the limit the context is compacted to a part of it first. A cache holds what was sent before,
/// but for now and then a call that finds none of it.
struct ContextGrowth: Declared, Hashable {
  /// The context of a session's first call: fresh, or resumed from an earlier session.
  let first: Distribution
  /// The new tokens of a call.
  let append: Distribution
  /// The most tokens that fit.
  let limit: Int64
  /// What is left of a full context.
  let kept: Int64
  /// The share of calls that find nothing in the cache, those after a compaction included.
  let missed: Double

  /// The input of one call.
  struct Input: Hashable {
    var cached: Int64
    var new: Int64
  }

  /// Reads the growth.
  init(_ fields: Fields) {
    first = fields.value(
      "first", .countDistribution,
      whenAbsent: [
        "type": "mixture", "weights": [0.7, 0.3],
        "of": [
          ["type": "lognormal", "median": 22_000, "sigma": 0.5],
          ["type": "lognormal", "median": 150_000, "sigma": 0.8],
        ],
      ], "The context of a session's first call: fresh, or resumed from an earlier session."
    )
    append = fields.value(
      "append", .countDistribution,
      whenAbsent: ["type": "lognormal", "median": 800, "sigma": 1.35], "The new tokens of a call.")
    limit = fields.value(
      "limit", .quantity(in: 1...1_000_000_000), default: 258_000,
      "The most tokens that fit; a call that would exceed them compacts the context first.")
    let keep = fields.value(
      "keep", .number(in: 0...0.99), default: 0.25, "What a compaction leaves of a full context.")
    missed = fields.value(
      "missed", .number(in: 0...1), default: 0.033,
      "The share of calls that find nothing in the cache, those after a compaction included.")
    kept = Int64(keep * Double(limit))
  }

  /// The context before the first call of a session whose samples are `samples`.
  func begin(_ samples: inout Samples) -> Int64 { first.sampleCount(&samples) }

  /// The input of the call whose samples are at `address`; the context grows by what is new.
  func next(_ context: inout Int64, at address: CallAddress) -> Input {
    var samples = address.samples(.input)
    let new = min(append.sampleCount(&samples), limit - kept)
    if context > limit - new { context = kept }
    let carried = context
    context += new
    var chance = address.samples(.chance)
    return chance.bernoulli(missed)
      ? Input(cached: 0, new: carried + new) : Input(cached: carried, new: new)
  }
}
