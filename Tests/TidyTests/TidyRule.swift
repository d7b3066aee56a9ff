/// One thing that holds for the repository as a whole.
protocol TidyRule: Sendable {
  /// What holds, as a sentence.
  var claim: String { get }
  /// A repository in which it does not: every one of these files has what breaks it.
  var broken: [String: String] { get }
  /// A repository in which it does, and that comes close to one in which it does not.
  var sound: [String: String] { get }

  /// What breaks it, each with its place.
  func findings(in repository: Repository) -> [String]
}

extension TidyRule {
  /// Nothing at all.
  var sound: [String: String] { [:] }
}

/// Every rule.
let tidyRules: [any TidyRule] = [
  LengthRule(), FunctionLengthRule(), WhitespaceRule(), LeftoverRule(), PlaceRule(),
  RoomNameRule(), ImportRule(), ManifestRule(), WorldlessRule(), EntryRule(), LayerRule(),
  WrappingRule(),
  ScenarioRule(), LinkRule(), FixtureRule(), CheckRule(), TopLevelRule(),
]
