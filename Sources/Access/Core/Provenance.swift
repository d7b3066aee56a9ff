public import WeirFormats

/// Where the numbers of a plan or product come from, and when they held; it changes no result.
public struct Provenance: Hashable, Sendable {
  /// The year, month or day at which they held, such as `2026-02`; `nil` when nobody says.
  public var asOf: String?
  /// Who says so; `nil` when nobody does.
  public var source: String?

  /// Creates a provenance.
  public init(asOf: String? = nil, source: String? = nil) {
    self.asOf = asOf
    self.source = source
  }

  /// Reads the fields `asOf` and `source`.
  public init(_ fields: Fields) {
    asOf = fields.optional(
      "asOf", .text(count: 4...10),
      "The year, month or day at which its numbers held, such as 2026-02; nobody says.")
    source = fields.optional("source", .text(count: 1...1000), "Where its numbers come from.")
    fields.check(
      asOf.map(Self.isDate) ?? true, at: "asOf",
      expected: "a year, month or day such as 2026, 2026-02 or 2026-02-28")
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let bounds = [1...9999, 1...12, 1...31]
    return (1...3).contains(parts.count)
      && parts.indices.allSatisfy { place in
        let digits = parts[place]
        return digits.utf8.count == (place == 0 ? 4 : 2)
          && digits.utf8.allSatisfy { (48...57).contains($0) }
          && Int(digits).map { bounds[place].contains($0) } ?? false
      }
  }
}
