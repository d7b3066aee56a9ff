/// A lock with a condition that threads which hold it wait for.
///
/// Who waits lets go of the lock meanwhile, and may be woken without a reason: what was waited for
/// is looked at again.
public final class Condition: @unchecked Sendable {
  // The C library wants places that do not move.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Creates a lock that nobody holds.
  public init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Takes the lock, as soon as nobody else holds it.
  public func lock() { pthread_mutex_lock(mutex) }

  /// Lets go of the lock.
  public func unlock() { pthread_mutex_unlock(mutex) }

  /// Waits until woken.
  public func wait() { pthread_cond_wait(condition, mutex) }

  /// Waits until woken, at the latest until `end`; false when that has come.
  public func wait(until end: Date) -> Bool {
    let seconds = max(0, end.timeIntervalSince1970)
    let whole = seconds.rounded(.down)
    var time = timespec()
    time.tv_sec = time_t(whole)
    time.tv_nsec = Int((seconds - whole) * 1e9)
    return pthread_cond_timedwait(condition, mutex, &time) == 0
  }

  /// Wakes all who wait.
  public func broadcast() { pthread_cond_broadcast(condition) }
}
