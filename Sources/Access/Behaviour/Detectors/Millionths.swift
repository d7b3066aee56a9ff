import WeirFormats
import WeirKernel

extension Int64 {
  /// This count in whole millionths, up to a million million.
  ///
  /// So the square of a distance fits 128 bits, and the sum of two fits 64.
  var inMillionths: Int64 { Swift.min(self, 1_000_000_000_000) * 1_000_000 }
}

extension Ratio {
  /// This number in whole millionths, rounded down; at most a million million.
  var inMillionths: Int64 {
    Swift.min(times(1_000_000, rounding: .down) ?? .max, 1_000_000_000_000_000_000)
  }
}

extension ValueKind where Value == Ratio {
  /// A number up to `bound` that is a whole number of millionths.
  static func millionths(upTo bound: Int64) -> ValueKind {
    ratio.checked("a number up to \(bound) with up to 6 decimals") {
      $0 <= Ratio(bound) && 1_000_000 % $0.denominator == 0
    }
  }

  /// A number from 0 to 1.
  static var part: ValueKind { ratio.checked("a number up to 1") { $0 <= .one } }
}
