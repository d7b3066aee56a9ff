public import WeirKernel

/// A fund that keeps balances in units of the product, by account, and can write down what changes
/// them.
///
/// What it writes changes nothing of what it decides, and costs time and memory by account: it does
/// so only when it is told to.
public protocol UnitFund: Layer {
  /// Begins to write every change of the balances down.
  ///
  /// Called after ``Layer/prepare(for:)`` and before ``Layer/open(_:plan:with:)``, where events are
  /// written down at all.
  mutating func keepBooks()

  /// Writes down what has come by itself to the account of `request` until `now`. Called only after
  /// ``keepBooks()``.
  mutating func book(_ request: Request, to now: SimTime)

  /// Hands over what has been written down since the last time, in order; the changes of each
  /// account in the order of their times.
  mutating func takeBookings() -> [UnitBooking]
}
