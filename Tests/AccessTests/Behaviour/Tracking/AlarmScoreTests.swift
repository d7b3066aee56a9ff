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
}
