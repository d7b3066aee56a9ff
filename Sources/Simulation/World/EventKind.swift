import WeirKernel

/// What happens at an event, in the order in which simultaneous events happen.
enum EventKind {
  /// A server ends a request; the entity is the server.
  static let completion: UInt8 = 0
  /// A layer releases a request that it held; the entity is the account, the ordinal the session.
  static let release: UInt8 = 1
  /// Balance updates fall due, or the delivery of a charge moves on; the entity of that is the
  /// account.
  static let settlement: UInt8 = 2
  /// Patience ends or a purchase goes through; the entity is the account, the ordinal the session.
  static let timer: UInt8 = 3
  /// The load is sampled (ordinal 0) or delivered (1), or accounts of the population that is the
  /// entity change their plan (2 + the number of the change).
  static let signal: UInt8 = 4
  /// A session opens, or its next attempt comes; the ordinal is the session or `newSession`.
  static let arrival: UInt8 = 5

  /// The ordinal of an arrival that opens a session.
  static let newSession = UInt32.max
}
