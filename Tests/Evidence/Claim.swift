/// A figure, what it must be, and whether it is.
struct Claim: CustomStringConvertible {
  let text: String
  let figure: String
  let bound: String
  let holds: Bool

  var description: String { "\(holds ? "holds " : "BROKEN") \(text): \(figure) (\(bound))" }
}
