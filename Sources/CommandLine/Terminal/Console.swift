import Foundation

/// Where a command writes: results to the output, all else to the error stream.
final class Console {
  /// What is known of the place that is written to.
  struct Place: Sendable {
    /// Whether the output is a terminal.
    var outputIsTerminal = false
    /// Whether the error stream is a terminal, so that progress may be shown on it.
    var errorIsTerminal = false
    /// Whether colours may be used on the output.
    var usesColour = false
    /// The columns of the output.
    var width = 80
  }

  let place: Place
  private let output: (String) -> Bool
  private let error: (String) -> Bool
  /// Whether the output could not be written.
  private(set) var hasFailed = false

  /// Creates a console; a sink says whether it took the text.
  init(
    _ place: Place = Place(), output: @escaping (String) -> Bool,
    error: @escaping (String) -> Bool
  ) {
    self.place = place
    self.output = output
    self.error = error
  }

  /// Writes to the output.
  func write(_ text: String) {
    if !output(text) { hasFailed = true }
  }

  /// Writes to the output, with a line feed.
  func print(_ text: String) { write(text + "\n") }

  /// Writes to the error stream.
  func warn(_ text: String) { _ = error(text) }
}

extension Console {
  /// The console of this process, whose variables are `environment`.
  ///
  /// Colours are used on a terminal unless `NO_COLOR` is set to anything or `TERM` is `dumb`
  /// (https://no-color.org).
  static func standard(_ environment: [String: String]) -> Console {
    let outputIsTerminal = isatty(STDOUT_FILENO) == 1
    let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return Console(
      Place(
        outputIsTerminal: outputIsTerminal, errorIsTerminal: isatty(STDERR_FILENO) == 1,
        usesColour: outputIsTerminal && !isPlain && environment["TERM"] != "dumb",
        width: columns(environment) ?? (outputIsTerminal ? 80 : 100)),
      output: { write($0, to: STDOUT_FILENO) }, error: { write($0, to: STDERR_FILENO) })
  }

  /// The width of the terminal; `nil` when it is not known.
  private static func columns(_ environment: [String: String]) -> Int? {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 {
      return Int(size.ws_col)
    }
    return environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 >= 40 ? $0 : nil }
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      if written < 0 { return false }
      bytes = bytes.dropFirst(written)
    }
    return true
  }
}
