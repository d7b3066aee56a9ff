import Testing
import WeirAccess
import WeirKernel

@Suite struct AlarmScoreTests {
  private func alarm(_ raised: Int64, _ ended: Int64?) -> Alarm {
    Alarm(product: 0, raisedAt: .second(raised), endedAt: ended.map { .second($0) })
  }

  @Test("delays, misses and false alarms are counted against the events")
  func score() {
    let events = [
      SimTime.second(100)..<SimTime.second(200), .second(300)..<(.second(400)),
      .second(500)..<(.second(600)),
    ]
    // One false alarm; one that is on before the first event; one late in the second; none in the
    // third, whose beginning the last alarm, raised at its end, does not reach.
    let alarms = [alarm(10, 20), alarm(90, 150), alarm(350, 360), alarm(600, nil)]
    let score = AlarmScore(alarms, events: events, until: .zero + .days(14))
    #expect(score.delays == [.zero, .seconds(50)])
    #expect(score.missed == 1 && score.falseAlarms == 2)
    #expect(score.falseAlarmsPerWeekMillionths == 1_000_000)
  }

  @Test("without alarms all is missed, without events all is false")
  func extremes() {
    let event = SimTime.zero..<SimTime.second(1)
    let missed = AlarmScore([], events: [event], until: .second(1))
    #expect(missed.missed == 1 && missed.falseAlarms == 0 && missed.delays.isEmpty)
    let wrong = AlarmScore([alarm(0, 1)], events: [], until: .zero + .days(7))
    #expect(wrong.missed == 0 && wrong.falseAlarmsPerWeekMillionths == 1_000_000)
  }

  @Test("what begins before the measured time counts neither as found nor as false")
  func measured() {
    let early = SimTime.second(10)..<SimTime.second(90)
    let late = SimTime.second(95)..<SimTime.second(120)
    let alarms = [alarm(5, 8), alarm(20, 60), alarm(80, 99), alarm(150, nil), alarm(300, nil)]
    let score = AlarmScore(
      alarms, events: [early, late], from: .second(50), until: .second(200))
    // The third alarm was raised in the first event and is still on when the second begins.
    #expect(score.delays == [.zero] && score.missed == 0)
    #expect(score.falseAlarms == 1, "that of second 150 alone")
    #expect(score.falseAlarmsPerWeekMillionths == 604_800 * 1_000_000 / 150)
  }
}
