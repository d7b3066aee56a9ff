import Foundation
import WeirKernel
import WeirLab

/// The cases of one file under `Fixtures/stats`.
func vectors<Case: Decodable>(_ name: String, as type: Case.Type = Case.self) -> [Case] {
  guard
    let url = Bundle.module.url(forResource: "Fixtures/stats/\(name)", withExtension: "json"),
    let data = try? Data(contentsOf: url)
  else { preconditionFailure("no fixture \(name)") }
  do {
    return try JSONDecoder().decode([Case].self, from: data)
  } catch {
    preconditionFailure("fixture \(name): \(error)")
  }
}

/// The largest relative error over a set of comparisons, and where it occurred.
struct Accuracy: CustomStringConvertible {
  private(set) var worst = 0.0
  private(set) var place = "nowhere"
  private(set) var count = 0

  mutating func compare(_ actual: Double?, _ expected: Double?, _ place: @autoclosure () -> String)
  {
    count += 1
    let error: Double
    switch (actual, expected) {
    case (nil, nil): error = 0
    case (let actual?, let expected?):
      let scale = expected == 0 ? 1 : expected.magnitude
      error = (actual - expected).magnitude / scale
    default: error = .infinity
    }
    // A result that is not a number is never close.
    if !(error <= worst) {
      worst = error.isNaN ? .infinity : error
      self.place = place()
    }
  }

  var description: String { "worst relative error \(worst) at \(place), of \(count)" }
}

/// The generator by whose rules the longer data sets of the fixtures are built (Vigna).
struct SplitMix64 {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1).
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in (0, 1).
  mutating func openUniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Standard normal, by inversion.
  mutating func normal() -> Double { Normal.quantile(openUniform()) }

  /// Exponential with mean 1, by inversion.
  mutating func exponential() -> Double { -DeterministicMath.log(openUniform()) }
}
