/// The search for the edge between what is met and what is not, where one side meets and one fails.
///
/// Which numbers are looked at depends on the answers alone, never on threads or time. What is met
/// is taken to be met on the whole side; where that is not so, an edge is still found.
public struct Bisection: Sendable, Equatable {
  /// Which end of what is met is wanted.
  public enum Aim: String, Sendable, CaseIterable {
    /// The largest number that meets: how much load.
    case largest
    /// The smallest number that meets: how small a fleet.
    case smallest
  }

  /// The best number that meets; `nil` when not even the easiest one does.
  public let best: Int?
  /// The next number beyond the best, which was seen not to meet; `nil` when the best is the last.
  public let beyond: Int?

  /// Looks for the edge among 0 ..< `count`, in about log₂ `count` steps.
  ///
  /// The easiest number is asked first, the hardest second. `meets` says whether a number meets.
  public init<Failure: Error>(
    count: Int, aim: Aim, meets: (Int) throws(Failure) -> Bool
  ) throws(Failure) {
    precondition(count > 0)
    // Distance from the easiest number, so that both aims are the same search.
    func number(_ distance: Int) -> Int { aim == .largest ? distance : count - 1 - distance }
    guard try meets(number(0)) else {
      (best, beyond) = (nil, number(0))
      return
    }
    if count == 1 {
      (best, beyond) = (number(0), nil)
      return
    }
    if try meets(number(count - 1)) {
      (best, beyond) = (number(count - 1), nil)
      return
    }
    var (met, failed) = (0, count - 1)
    while failed - met > 1 {
      let middle = met + (failed - met) / 2
      if try meets(number(middle)) { met = middle } else { failed = middle }
    }
    (best, beyond) = (number(met), number(failed))
  }
}
