public import WeirKernel

/// What the samples of a simulation are for: one number each, never used twice.
extension Purpose {
  /// The weight of an account.
  public static let weight = Purpose(rawValue: 1)
  /// The phase of an account's windows and cycles.
  public static let phase = Purpose(rawValue: 2)
  /// The balance that an account comes with.
  public static let balance = Purpose(rawValue: 3)
  /// The gap before a session.
  public static let gap = Purpose(rawValue: 4)
  /// The size of a call in units.
  public static let size = Purpose(rawValue: 5)
  /// Input tokens.
  public static let input = Purpose(rawValue: 6)
  /// Output tokens.
  public static let output = Purpose(rawValue: 7)
  /// The work that a call makes.
  public static let service = Purpose(rawValue: 8)
  /// The patience of an intent in the queue.
  public static let patience = Purpose(rawValue: 9)
  /// The wait before an attempt is repeated.
  public static let retry = Purpose(rawValue: 10)
  /// Whether an account buys when refused.
  public static let purchase = Purpose(rawValue: 11)
  /// The structure of a session: turns and calls.
  public static let structure = Purpose(rawValue: 12)
  /// The pause of a tool.
  public static let tool = Purpose(rawValue: 13)
  /// The pause of a person.
  public static let think = Purpose(rawValue: 14)
  /// Whether something befalls a call: a cache miss, a failure.
  public static let chance = Purpose(rawValue: 15)
  /// Whether an account changes its plan; the index is the change.
  public static let planChange = Purpose(rawValue: 23)
  /// Whose a recorded session is.
  public static let owner = Purpose(rawValue: 24)
  /// What befalls a delivery of a charge.
  static let delivery = Purpose(rawValue: 32)
  /// How long a delivery of a charge takes.
  static let deliveryLag = Purpose(rawValue: 33)
  /// How much longer it takes when it is held up.
  static let deliveryDelay = Purpose(rawValue: 34)
  /// When the worker that prices crashes, and how.
  static let pricingCrash = Purpose(rawValue: 35)
  /// When the worker that debits crashes, and how.
  static let debitingCrash = Purpose(rawValue: 36)
}
