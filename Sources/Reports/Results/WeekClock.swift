import WeirFormats

/// The clock that the demand of a study follows: which hour of the week its run begins at.
struct WeekClock: Equatable {
  /// The hours from Monday 00:00 to the start of the run; from midnight where days are all alike.
  let startHour: Int
  /// Whether days of the week differ.
  let hasWeekdays: Bool

  /// The clock of a scenario; `nil` where no demand follows the hours, or populations differ in
  /// when their week begins.
  init?(of scenario: JSONNode) {
    let clocks = (scenario["populations"]?.elements ?? []).compactMap {
      $0["workload"]?["profile"].flatMap(WeekClock.init(profile:))
    }
    guard let first = clocks.first, clocks.allSatisfy({ $0.startHour == first.startHour }) else {
      return nil
    }
    startHour = first.startHour
    hasWeekdays = clocks.contains(where: \.hasWeekdays)
  }

  private init?(profile: JSONNode) {
    let hours = profile["hours"] ?? profile
    guard hours.text != "flat" else { return nil }
    if case .number(let text)? = profile["startHour"]?.value {
      startHour = Int(text) ?? 0
    } else {
      startHour = 0
    }
    // A profile by name is one of a week.
    hasWeekdays = hours.elements.map { $0.count > 24 } ?? true
  }
}
