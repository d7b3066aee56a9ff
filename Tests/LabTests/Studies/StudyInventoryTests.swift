import Foundation
import Testing

@testable import WeirLab

@Suite struct StudyInventoryTests {
  @Test("what is done is told from what is not, with the reason, and nothing is written")
  func inventory() throws {
    let scratch = try Scratch()
    let study = try TinyScenario.study()
    var options = StudyOptions(
      jobs: 2, folder: scratch.path + "/tiny", records: scratch.path + "/runs", for: study)
    let none = StudyInventory(Array(0..<6), of: study, options)
    #expect(none.done == 0)
    #expect(none.reasons.map(\.words) == ["not run yet"])
    #expect(scratch.contents.isEmpty)
    _ = try StudyRunner.keep([0, 3, 4], of: study, options)
    let place = RunStore(path: scratch.path + "/runs").place(of: study.address(of: study.run(3)))
    try Data().write(to: URL(fileURLWithPath: place))
    let some = StudyInventory(Array(0..<6), of: study, options)
    #expect(some.done == 2)
    #expect(some.reasons.map(\.words) == ["not run yet", "its record is damaged"])
    #expect(some.reasons.map(\.count) == [3, 1])
    #expect(some.entries.map { $0.reason == nil } == [true, false, false, false, true, false])
    options.runsAgain = true
    let again = StudyInventory([0], of: study, options)
    #expect(again.reasons.map(\.words) == ["made again, as asked for"])
  }

  @Test("the forecast is the time of a run of each policy, times those to make, over the threads")
  func forecast() throws {
    let study = try TinyScenario.study()
    let options = StudyOptions(jobs: 1, folder: "unused", for: study)
    let forecast = RunForecast(of: study, limit: 60)
    let each = forecast.seconds.compactMap { $0 }
    try #require(each.count == 2)
    #expect(each.allSatisfy { $0 > 0 })
    let entries = StudyInventory([0, 1, 2, 3], of: study, options).entries
    let sum = 2 * (each[0] + each[1])
    #expect(try #require(forecast.seconds(for: entries, jobs: 1)) == sum)
    #expect(try #require(forecast.seconds(for: entries, jobs: 2)) == sum / 2)
    let slow = RunForecast(seconds: [nil, 3], limit: 5)
    #expect(try #require(slow.seconds(for: entries, jobs: 1)) == 12)
    #expect(RunForecast(seconds: [nil, nil], limit: 5).seconds(for: entries, jobs: 1) == nil)
  }
}
