/// A decreasing density cut into 256 layers of equal area, so that most samples are one product.
///
/// Source: Marsaglia and Tsang, "The ziggurat method for generating random variables", 2000, with
/// 53 bits for the position and 8 separate bits for the layer (Doornik, 2005).
struct Ziggurat: Sendable {
  /// One layer, as wide as the density at its lower height.
  struct Layer: Sendable {
    /// Positions below this one, of 2⁵³, lie under the density at any height of the layer.
    var sure: UInt64
    /// The width of one position.
    var scale: Double
  }

  var layers: [Layer]

  /// The heights between the layers, from 0 to 1: apart, since few samples need them.
  var heights: [Double]

  /// Where the tail begins.
  var tail: Double

  /// Cuts `density`, 1 at 0, whose `inverse` is known, given the `tail` and the `area` of a layer.
  init(
    tail: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) {
    self.tail = tail
    layers = []
    layers.reserveCapacity(256)
    heights = [0]
    heights.reserveCapacity(257)
    // The base layer stands for the tail too: its width is what gives it the common area.
    var width = area / density(tail)
    var next = tail
    for index in 0..<256 {
      let upper = index == 255 ? 1 : density(next)
      layers.append(Layer(sure: UInt64(next / width * 0x1p53), scale: width * 0x1p-53))
      heights.append(upper)
      width = next
      next = index >= 254 ? 0 : inverse(upper + area / width)
    }
  }

  /// The height at which a `uniform` number lies in the layer at `index`.
  func height(_ uniform: Double, ofLayer index: Int) -> Double {
    heights[index] + uniform * (heights[index + 1] - heights[index])
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
