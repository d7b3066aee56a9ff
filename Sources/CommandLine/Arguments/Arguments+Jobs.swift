import Foundation

extension Arguments {
  /// The number of threads that `--jobs` asks for; that of the processors, or `other`, when absent.
  func jobs(whenAbsent other: Int? = nil) throws(UsageProblem) -> Int {
    try integer("--jobs", in: 1...1024) ?? other ?? ProcessInfo.processInfo.activeProcessorCount
  }
}
