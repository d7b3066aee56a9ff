import WeirAccess
import WeirFormats
import WeirLab
import WeirSimulation

/// The account that an argument names: by its number in the results, or by its place in a
/// population.
enum TracedAccount {
  /// The option.
  static let specification = CommandSpecification.Option.value(
    "--trace-account", "ACCOUNT",
    "Tell the story of one account under each policy: its number, or POPULATION/PLACE.")

  /// The account that was asked for; `nil` when none was.
  static func index(_ arguments: Arguments, in study: Study) throws(UsageProblem) -> AccountIndex? {
    guard let text = arguments.text("--trace-account") else { return nil }
    let populations = study.points[0].scenario.setting.populations
    var first: Int64 = 0
    let total = populations.reduce(0) { $0 + $1.accounts }
    if let number = Int64(text), (0..<total).contains(number) { return AccountIndex(number) }
    for population in populations {
      let prefix = population.name + "/"
      if text.hasPrefix(prefix), let place = Int64(text.dropFirst(prefix.count)),
        (0..<population.accounts).contains(place)
      {
        return AccountIndex(first + place)
      }
      first += population.accounts
    }
    throw .badValue(of: "--trace-account", found: text, expected: expected(text, populations))
  }

  private static func expected(_ text: String, _ populations: [Population]) -> String {
    var first: Int64 = 0
    let known = populations.map { population in
      defer { first += population.accounts }
      let last = population.accounts - 1
      return "\(first) to \(first + last) (\(population.name)/0 to \(population.name)/\(last))"
    }
    let shown = known.prefix(5).joined(separator: ", ")
    let more = known.count > 5 ? " and \(known.count - 5) more populations" : ""
    let name = String(text.prefix { $0 != "/" })
    let nearest = nearestName(name, in: populations.map(\.name))
    let hint = nearest.flatMap { $0 == name ? nil : "; did you mean \($0)/0?" } ?? ""
    return "an account of the scenario: \(shown)\(more)\(hint)"
  }
}
