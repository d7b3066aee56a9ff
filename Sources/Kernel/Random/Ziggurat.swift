/// A decreasing density cut into 256 layers of equal area, so that most samples are one product.
///
/// Source: Marsaglia and Tsang, "The ziggurat method for generating random variables", 2000, with
/// 53 bits for the position and 8 separate bits for the layer (Doornik, 2005).
struct Ziggurat: Sendable {
  /// One layer: from height `lower` up to `upper`, as wide as the density at `lower`.
  struct Layer: Sendable {
    /// Positions below this one, of 2⁵³, lie under the density at any height of the layer.
    var sure: UInt64
    /// The width of one position.
    var scale: Double
    var lower: Double
    var upper: Double
  }

  var layers: [Layer]

  /// Where the tail begins.
  var tail: Double

  /// Cuts `density`, 1 at 0, whose `inverse` is known, given the `tail` and the `area` of a layer.
  init(
    tail: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) {
    self.tail = tail
    layers = []
    layers.reserveCapacity(256)
    // The base layer stands for the tail too: its width is what gives it the common area.
    var width = area / density(tail)
    var next = tail
    var lower = 0.0
    for index in 0..<256 {
      let upper = index == 255 ? 1 : density(next)
      layers.append(
        Layer(
          sure: UInt64(next / width * 0x1p53), scale: width * 0x1p-53, lower: lower, upper: upper))
      width = next
      lower = upper
      next = index >= 254 ? 0 : inverse(upper + area / width)
    }
  }

  /// The layers under exp(−x).
  static let exponential = Ziggurat(
    tail: 7.69711747013104972, area: 0.0039496598225815571993,
    density: { DeterministicMath.exp(-$0) }, inverse: { -DeterministicMath.log($0) })

  /// The layers under exp(−x²/2), its right half.
  static let normal = Ziggurat(
    tail: 3.6541528853610088, area: 0.00492867323399,
    density: { DeterministicMath.exp(-0.5 * $0 * $0) },
    inverse: { (-2 * DeterministicMath.log($0)).squareRoot() })
}
