import WeirFormats
import WeirLab

/// The line that shows how far a study has come, drawn over itself on a terminal.
struct ProgressLine {
  private let console: Console
  private let isShown: Bool
  private var lastDrawn = -1.0

  /// Creates a line; it is shown only where the error stream is a terminal.
  init(_ console: Console, isQuiet: Bool) {
    self.console = console
    isShown = console.place.errorIsTerminal && !isQuiet
  }

  /// Shows the progress, at most ten times a second.
  mutating func show(_ progress: StudyProgress) {
    guard isShown else { return }
    guard progress.elapsed - lastDrawn >= 0.1 || progress.done == progress.total else { return }
    lastDrawn = progress.elapsed
    console.warn("\r" + Self.text(progress) + "\u{1B}[K")
  }

  /// Takes the line away.
  func clear() {
    if isShown, lastDrawn >= 0 { console.warn("\r\u{1B}[K") }
  }

  /// The progress in words: `12 of 40 runs, 3.2 a second, 9 s left`.
  static func text(_ progress: StudyProgress) -> String {
    let cells = 20
    let full = progress.total == 0 ? cells : progress.done * cells / progress.total
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: cells - full)
    let rate = NumberText.fixed(progress.rate, digits: progress.rate < 10 ? 1 : 0)
    let left = NumberText.duration(nanoseconds: Int64(progress.remaining) * 1_000_000_000)
    return "[\(bar)] \(progress.done) of \(progress.total) runs, \(rate) a second, \(left) left"
  }
}
