import Dispatch
import Foundation
import WeirLab

/// The user's wish to stop: the first Ctrl-C asks for an orderly end, the second is at once.
final class Interruption {
  /// What is asked to stop.
  let cancellation = Cancellation()
  private var sources: [any DispatchSourceSignal] = []

  /// Listens to interrupts and to requests to terminate, until the process ends.
  func listen() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      let cancellation = cancellation
      source.setEventHandler {
        cancellation.cancel()
        signal(number, SIG_DFL)
      }
      source.resume()
      sources.append(source)
    }
  }
}
