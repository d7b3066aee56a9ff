import WeirFormats
import WeirKernel

/// What a ``DecideSession`` answers to one row.
struct DecideAnswer {
  var row: DecideRow
  /// The outcome of a decision; of other operations `done`, or `none` when there was nothing to do.
  var outcome: String
  var granted: Units?
  /// The units that all payers together would still pay; `nil` without a limit.
  var remaining: Units?
  var wait: SimDuration?
  /// The layer that refused or holds, and why.
  var reason: String?
  /// Who paid how much, in the order of the waterfall.
  var shares: [(layer: String, units: Units)]?

  /// The shares as `layer:units`, joined by `;`.
  var sharesText: String? {
    shares.map { $0.map { "\($0.layer):\($0.units.count)" }.joined(separator: ";") }
  }
}

extension CSVWriter {
  /// The columns of answers.
  static let answerColumns = [
    "time_ns", "account", "operation", "outcome", "granted", "remaining", "retry_after_ns",
    "reason", "shares",
  ]

  /// Writes an answer as a row.
  mutating func append(_ answer: DecideAnswer) {
    integer(answer.row.time.nanoseconds)
    text(answer.row.name)
    text(answer.row.operation.rawValue)
    text(answer.outcome)
    integer(answer.granted?.count)
    integer(answer.remaining?.count)
    integer(answer.wait?.nanoseconds)
    text(answer.reason)
    text(answer.sharesText)
    endRow()
  }
}
