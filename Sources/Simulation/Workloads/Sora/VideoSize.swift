import WeirFormats

/// A size in which videos are made: the name of an operation, and what it takes.
struct VideoSize: Declared, Hashable {
  /// The name of the operation.
  let name: String
  /// The pixels of a frame.
  let pixels: Int64
  /// How often it is asked for, relative to the others.
  let weight: Double

  /// Reads the size.
  init(_ fields: Fields) {
    name = fields.required("name", .name, "The name of the size, which is that of its operation.")
    pixels = fields.required(
      "pixels", .quantity(in: 1...1_000_000_000), "The pixels of a frame.")
    weight = fields.value(
      "weight", .number(in: 0...1e12), default: 1,
      "How often it is asked for, relative to the others.")
  }
}
