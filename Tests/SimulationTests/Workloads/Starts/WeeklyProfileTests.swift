import Testing
import WeirFormats

@testable import WeirSimulation

@Suite struct WeeklyProfileTests {
  /// Figures of the published plots of DynamoLLM's traces, read off to two decimals.
  @Test("the coding profile has the published peak, trough and weekdays")
  func coding() {
    let hours = WeeklyProfile(hours: WeeklyProfile.azureCoding).factors
    #expect(hours.count == 168)
    #expect((mean(hours) - 1).magnitude < 1e-12)
    #expect((hours.max()! - 3.01).magnitude < 0.005)
    #expect((hours.min()! - 0.094).magnitude < 0.0005)
    #expect((hours.max()! / hours.min()! - 32).magnitude < 0.5)
    let days = (0..<7).map { mean(Array(hours[$0 * 24..<($0 + 1) * 24])) }
    for (day, published) in zip(days, [1.23, 1.33, 1.32, 1.29, 1.03, 0.41, 0.39]) {
      #expect((day - published).magnitude < 0.0051)
    }
    let weekday = (0..<24).map { hour in mean((0..<5).map { hours[$0 * 24 + hour] }) }
    let published = [
      0.87, 0.84, 0.79, 0.65, 0.52, 0.42, 0.36, 0.31, 0.28, 0.29, 0.32, 0.46, 0.86, 1.47, 2.09,
      2.26, 2.14, 2.46, 2.71, 2.78, 2.59, 1.90, 1.37, 1.02,
    ]
    for (hour, value) in published.enumerated() {
      #expect((weekday[hour] - value).magnitude < 0.0051, "hour \(hour)")
    }
  }

  @Test("the conversation profile has the published peak, trough and weekdays")
  func conversation() {
    let hours = WeeklyProfile(hours: WeeklyProfile.azureConversation).factors
    #expect((hours.max()! - 1.67).magnitude < 0.005)
    #expect((hours.min()! - 0.47).magnitude < 0.005)
    let days = (0..<7).map { mean(Array(hours[$0 * 24..<($0 + 1) * 24])) }
    for (day, published) in zip(days, [1.18, 1.22, 1.13, 1.14, 1.03, 0.66, 0.63]) {
      #expect((day - published).magnitude < 0.0051)
    }
  }

  @Test("a run may begin at any hour of the week")
  func startHour() {
    let monday = WeeklyProfile(hours: WeeklyProfile.azureCoding)
    let tuesday = WeeklyProfile(hours: WeeklyProfile.azureCoding, startHour: 24)
    #expect(tuesday.factors[0] == monday.factors[24])
    #expect(tuesday.factors[143] == monday.factors[167])
    #expect(tuesday.factors[144] == monday.factors[0])
  }

  @Test("24 factors are a day that is repeated, on any scale")
  func days() {
    let hours = (0..<24).map { Double($0) }
    let profile = WeeklyProfile(hours: hours)
    #expect(profile.factors[25] == 1 / 11.5)
    #expect((mean(profile.factors) - 1).magnitude < 1e-12)
    #expect(!profile.isFlat)
    #expect(WeeklyProfile(hours: Array(repeating: 7, count: 24)).isFlat)
  }

  @Test("a profile is given by name, by its factors, or with the hour at which the run begins")
  func forms() throws {
    let day = Array(repeating: "1", count: 24).joined(separator: ", ")
    for form in [
      #""azureCoding""#, #""flat""#, "[\(day)]", #"{"hours": "azureConversation", "startHour": 5}"#,
      "{\"hours\": [\(day)]}",
    ] {
      #expect(try TestWorkload.refused(#"{"type": "codex", "profile": \#(form)}"#) == [])
    }
  }

  @Test("a profile that is none is refused where it is wrong")
  func formsFail() throws {
    let zeros = Array(repeating: "0", count: 24).joined(separator: ", ")
    for (form, place) in [
      (#""azure""#, "/profile"), ("[1, 2]", "/profile"), ("[\(zeros)]", "/profile"),
      ("[\(zeros), 1]", "/profile"), (#"{"startHour": 5}"#, "/profile/hours"),
      (#"{"hours": "flat", "startHour": 168}"#, "/profile/startHour"), ("3", "/profile"),
    ] {
      #expect(try TestWorkload.refused(#"{"type": "codex", "profile": \#(form)}"#) == [place])
    }
  }
}
