import WeirAccess
import WeirKernel

extension World {
  /// Samples the load of every pool; the stack learns it after the delay of the signals.
  mutating func sampleLoad() {
    var sample = signals
    for index in pools.indices {
      let busy = pools[index].busy
      pools[index].window.advance(to: now, busy: busy)
      let window = pools[index].window
      let capacity = Int128(pools[index].servers) * Int128(setting.signals.every.nanoseconds)
      sample.pools[index] = LoadSample(
        sampledAt: now,
        utilisationMillionths: Int64(window.busyTime * 1_000_000 / capacity),
        queueDelay: SimDuration(nanoseconds: window.starts == 0 ? 0 : window.waits / window.starts),
        queued: pools[index].queued,
        inService: shared[index]?.count ?? busy,
        completions: window.completions)
      if pools[index].queued > 0, hasRoom(index) {
        recorder.conservation.idleServersWithQueue += 1
      }
      pools[index].window = LoadWindow()
      pools[index].window.busySince = now.nanoseconds
    }
    signalsUnderway.append(sample)
    queue.push(
      Event(time: now + setting.signals.delay, kind: EventKind.signal, entity: 0, ordinal: 1))
    queue.push(
      Event(time: now + setting.signals.every, kind: EventKind.signal, entity: 0, ordinal: 0))
  }

  /// The oldest sample underway arrives.
  mutating func deliverLoad() {
    signals = signalsUnderway.removeFirst()
    stack.receive(signals, at: now)
  }
}
