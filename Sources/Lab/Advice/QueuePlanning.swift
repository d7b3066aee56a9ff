/// How many customers of a busy queue it takes to know a mean wait.
///
/// Waits of customers that follow one another are alike the more, the busier the server: a hundred
/// thousand of them may say no more than a few hundred independent ones. Source: Whitt, "Planning
/// queueing simulations", 1989.
public enum QueuePlanning {
  /// The variance that the mean of n waits in an M/M/1 queue has, times n, for long runs.
  ///
  /// `load` lies strictly between 0 and 1; the unit is the square of the mean service time.
  public static func asymptoticVariance(load: Double) -> Double {
    precondition(load > 0 && load < 1)
    let idle = 1 - load
    let polynomial = load * (2 + load * (5 + load * (-4 + load)))
    return polynomial / (idle * idle * idle * idle)
  }

  /// The customers for which the interval of the mean wait in an M/M/1 queue is so narrow.
  ///
  /// `relative` is half the width of the interval over the mean; `level` its confidence.
  public static func customers(
    load: Double, relative: Double = 0.05, level: Double = 0.95
  ) -> Double {
    let mean = load / (1 - load)
    let ratio = Normal.upperQuantile((1 - level) / 2) / (relative * mean)
    return (ratio * ratio * asymptoticVariance(load: load)).rounded(.up)
  }
}
