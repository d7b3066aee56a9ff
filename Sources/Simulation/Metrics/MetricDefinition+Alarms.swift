/// The metrics of alarms over all traffic, and of flash crowds.
extension MetricDefinition {
  static let alarms: [Entry] = [
    watched(
      .crowdsFoundShare, "", .higher,
      "Flash crowds that begin in the measured time and during which an alarm of their product was"
        + " on / flash crowds that begin in it; undefined where no layer raises alarms. A crowd lasts"
        + " until its workload's rate is at most a tenth above the usual one; those of one product"
        + " that overlap are one."),
    watched(
      .alarmDelayMedian, "seconds", .lower,
      "Time from the start of a flash crowd to the first alarm that is on in it: the median by"
        + " nearest rank over crowds that begin in the measured time, those never found counted as"
        + " infinite; undefined when infinite."),
    watched(
      .falseAlarmsPerWeek, "alarms per week", .lower,
      "Alarms that are raised in the measured time and are on during no flash crowd of their"
        + " product / measured time in weeks; undefined where no layer raises alarms."),
    watched(
      .crowdDeniedShare, "", .neither,
      "Attempts refused / attempts, in the measured time while a flash crowd lasts: what limits do"
        + " in answer."),
    watched(
      .crowdQueueMean, "requests", .lower,
      "Waiting requests, averaged over the measured time in which a flash crowd lasts."),
  ]

  private static func watched(
    _ metric: Metric, _ unit: String, _ better: Better, _ text: String
  ) -> Entry {
    entry(metric, unit, better, .alarms, text, byPopulation: false)
  }
}
