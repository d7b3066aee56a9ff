/// Threads of this process.
public enum WorkThread {
  /// The bytes of a thread's stack: some systems give half a mebibyte, which a debug build may
  /// exceed.
  private static let stackSize = 8 << 20

  /// Starts a thread that does `work` and then ends; nobody waits for it.
  public static func start(_ work: @escaping @Sendable () -> Void) {
    #if canImport(FoundationEssentials)
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, stackSize)
      pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
      var thread = pthread_t()
      let body = Unmanaged.passRetained(Work(work))
      let failure = pthread_create(
        &thread, &attributes,
        { body in
          guard let body else { return nil }
          Unmanaged<Work>.fromOpaque(body).takeRetainedValue().body()
          return nil
        }, body.toOpaque())
      precondition(failure == 0, "no thread can be started: \(String(cString: strerror(failure)))")
    #else
      let thread = Thread(block: work)
      thread.stackSize = stackSize
      thread.start()
    #endif
  }
}

/// What a thread does, as an object that can be handed through the C library.
private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
