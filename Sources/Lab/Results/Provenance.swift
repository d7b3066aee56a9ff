import Foundation
import WeirFormats

/// `provenance.json`: the facts that differ from run to run, kept apart from all others.
struct Provenance {
  static let fileName = "provenance.json"

  private let started = Date()

  func document(jobs: Int, reused: Int) -> JSONNode {
    let process = ProcessInfo.processInfo
    let wall = Date().timeIntervalSince(started)
    return .object([
      ("started", .text(DateText.instant(Int64(started.timeIntervalSince1970.rounded(.down))))),
      ("wallSeconds", .number((wall * 1000).rounded() / 1000)),
      ("host", .text(process.hostName)),
      ("platform", .text("\(process.operatingSystemVersionString), \(Self.architecture)")),
      ("processors", .number(process.activeProcessorCount)),
      ("threads", .number(jobs)),
      ("build", .text(WeirBuild.fingerprint)),
      ("runsDoneBefore", .number(reused)),
    ])
  }

  /// The time since the start, in seconds.
  var elapsed: Double { Date().timeIntervalSince(started) }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "another architecture"
    #endif
  }
}
