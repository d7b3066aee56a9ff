import WeirFormats
import WeirKernel

/// How the rate at which sessions start moves through the week: a factor for each of its 168 hours.
///
/// The factors have a mean of 1, so that a profile moves demand about and adds none.
struct WeeklyProfile: Declared, Hashable, Sendable {
  /// The hours of a week.
  static let hoursOfWeek = 168

  /// The factor of each hour from the start of the run, whichever hour of the week that is.
  let factors: [Double]

  /// Reads the long form, which also says where in the week the run begins.
  init(_ fields: Fields) {
    let hours = fields.required("hours", .hourlyFactors, "The factors of the hours.")
    let start = fields.value(
      "startHour", .integer(in: 0...167), default: 0,
      "The hour of the week at which the run begins; hour 0 is Monday 00:00 UTC.")
    self.init(hours: hours, startHour: Int(start))
  }

  /// The profile of 24 or 168 factors, of which one is positive and none negative.
  ///
  /// - Parameters:
  ///   - hours: the factors of a day, or of a week from Monday, on any scale.
  ///   - startHour: the hour of the week at which the run begins.
  init(hours: [Double], startHour: Int = 0) {
    let mean = hours.reduce(0, +) / Double(hours.count)
    precondition(mean > 0 && mean.isFinite && Self.hoursOfWeek % hours.count == 0)
    factors = (0..<Self.hoursOfWeek).map { hours[($0 + startHour) % hours.count] / mean }
  }

  /// Whether all hours are alike.
  var isFlat: Bool { factors.allSatisfy { $0 == factors[0] } }
}

extension ValueKind where Value == WeeklyProfile {
  /// A profile by name, by its factors, or with the hour of the week at which the run begins.
  static var weeklyProfile: ValueKind {
    .either(.from(.hourlyFactors) { WeeklyProfile(hours: $0) }, .object(WeeklyProfile.self))
  }
}

extension ValueKind where Value == [Double] {
  /// The factors of 24 or 168 hours, or the name of known ones.
  fileprivate static var hourlyFactors: ValueKind {
    let given = ValueKind<[Double]>.list(of: .number(in: 0...1_000_000), count: 24...168)
      .checked(
        "24 or 168 factors, one of them above 0", placeholder: Array(repeating: 1, count: 24)
      ) { [24, 168].contains($0.count) && $0.contains { $0 > 0 } }
    return .either(
      .choice([
        ("flat", [Double](repeating: 1, count: 24), "every hour alike"),
        (
          "azureCoding", WeeklyProfile.azureCoding,
          "coding on Azure in May 2024: the working day, peak 3 times the mean"
        ),
        (
          "azureConversation", WeeklyProfile.azureConversation,
          "conversation on Azure in May 2024: peak 1.7 times the mean"
        ),
      ]), given)
  }
}
