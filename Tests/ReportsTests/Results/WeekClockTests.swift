import Testing
import WeirFormats

@testable import WeirReports

@Suite struct WeekClockTests {
  private static func clock(_ profiles: [String]) throws -> WeekClock? {
    let populations = profiles.map { #"{"workload": {"type": "codex", "profile": \#($0)}}"# }
    let text = #"{"populations": [\#(populations.joined(separator: ", "))]}"#
    let node = try #require(JSONNode.parse(SourceFile(name: "scenario", text: text)).node)
    return WeekClock(of: node)
  }

  private static let day = "[" + Array(repeating: "1", count: 24).joined(separator: ",") + "]"
  private static let week = "[" + Array(repeating: "1", count: 168).joined(separator: ",") + "]"

  @Test("demand that follows the hours has a clock, by name or by factors")
  func clocks() throws {
    let named = try #require(try Self.clock([#""azureCoding""#, #""flat""#]))
    #expect(named.startHour == 0 && named.hasWeekdays)
    let late = try #require(try Self.clock([#"{"hours": \#(Self.week), "startHour": 31}"#]))
    #expect(late.startHour == 31 && late.hasWeekdays)
    let daily = try #require(try Self.clock([Self.day]))
    #expect(daily.startHour == 0 && !daily.hasWeekdays)
  }

  @Test("demand that does not has none, and neither have two that disagree")
  func none() throws {
    #expect(try Self.clock([#""flat""#]) == nil)
    #expect(try Self.clock([]) == nil)
    #expect(
      try Self.clock([#""azureCoding""#, #"{"hours": "azureCoding", "startHour": 9}"#]) == nil)
  }

  @Test("ticks are hours of the day, and days by their name where one begins")
  func ticks() {
    let ticks = Ticks.clock(within: 0...129_600, atMost: 7, startHour: 0, hasWeekdays: true)
    #expect(ticks.map(\.label) == ["Mon", "06:00", "12:00", "18:00", "Tue", "06:00", "12:00"])
    #expect(ticks.map(\.value) == (0...6).map { Double($0) * 21_600 })
    let late = Ticks.clock(within: 0...43_200, atMost: 4, startHour: 165, hasWeekdays: true)
    #expect(late.map(\.label) == ["21:00", "Mon", "03:00", "06:00", "09:00"])
    #expect(late[1].value == 10_800)
    let plain = Ticks.clock(within: 0...86_400, atMost: 4, startHour: 0, hasWeekdays: false)
    #expect(plain.map(\.label) == ["00:00", "06:00", "12:00", "18:00", "00:00"])
  }
}
