import WeirAccess

/// What was charged and not debited, as sums that are zero when each charge has just one debit.
///
/// Besides number and amount, a fingerprint of each key is added up: a debit that is lost and
/// another one that is made twice cannot cancel out, even at the same amount.
struct ChargeSum: Sendable, Equatable {
  private(set) var count: Int64 = 0
  private(set) var amount: Int128 = 0
  private var fingerprints: UInt64 = 0

  mutating func add(_ charge: MonetizationEvent) {
    count += 1
    amount += Int128(charge.amount.micro)
    fingerprints &+= Self.fingerprint(
      charge.account, charge.ordinal, charge.layer, charge.amount)
  }

  mutating func subtract(_ charge: MonetizationEvent) {
    count -= 1
    amount -= Int128(charge.amount.micro)
    fingerprints &-= Self.fingerprint(
      charge.account, charge.ordinal, charge.layer, charge.amount)
  }

  mutating func subtract(_ debit: BalanceUpdate) {
    count -= 1
    amount += Int128(debit.amount.micro)
    fingerprints &-= Self.fingerprint(debit.account, debit.ordinal, debit.layer, -debit.amount)
  }

  private static func fingerprint(
    _ account: AccountIndex, _ ordinal: UInt32, _ layer: UInt8, _ amount: Credits
  ) -> UInt64 {
    let key = UInt64(account) << 32 | UInt64(ordinal)
    return mixed(mixed(key) &+ mixed(UInt64(bitPattern: amount.micro) &+ UInt64(layer)))
  }

  /// The finaliser of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
  /// generators", 2014.
  private static func mixed(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
