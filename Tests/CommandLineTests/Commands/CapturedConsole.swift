import Foundation
import Testing

@testable import WeirCommandLine

/// A console whose texts a test can read.
final class CapturedConsole {
  private(set) var output = ""
  private(set) var error = ""
  private(set) lazy var console = Console(
    Console.Place(),
    output: { [unowned self] text in
      output += text
      return true
    },
    error: { [unowned self] text in
      error += text
      return true
    })

  var context: CommandContext { CommandContext(console: console) }

  /// Runs the words of a command line and returns the exit code.
  func run(_ words: String...) -> ExitCode { run(words) }

  /// Runs the words of a command line and returns the exit code.
  func run(_ words: [String]) -> ExitCode { WeirProgram.run(words, context) }
}

/// A folder that is there for one test.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/weir-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let place = path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: place))
    return place
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }
}

/// A scenario that takes milliseconds, with a threshold that holds.
let smallScenario = """
  {
    "name": "small", "horizon": "60s", "replications": 3,
    "populations": [ {
      "name": "users", "accounts": 3,
      "workload": {
        "type": "openLoop", "interarrival": {"type": "exponential", "mean": "2s"}, "service": "1s"
      }
    } ],
    "fleet": [ {"name": "servers", "servers": 2} ],
    "policies": [
      {"name": "tight", "layers": [ {"type": "fixedWindow", "limit": 5, "per": "20s"} ]},
      {"name": "open"}
    ],
    "primaryMetric": "served_share",
    "thresholds": [ {"id": "served", "metric": "served_share", "assert": ">= 0.1"} ]
  }
  """
