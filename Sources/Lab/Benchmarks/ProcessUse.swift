import Foundation

/// What this process has used of its machine.
enum ProcessUse {
  /// The time that the processor has spent on this thread, in nanoseconds.
  ///
  /// Unlike a clock on the wall it stands still while other work has the processor.
  static var threadTime: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The bytes of memory in use; `nil` where the system does not tell in the way of Linux.
  static var residentBytes: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return pages.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
  }

  /// Has the C library give memory of large arrays back as soon as it is free, so that the growth
  /// of resident memory is the memory that was taken.
  ///
  /// glibc otherwise keeps ever larger pieces for itself (`M_MMAP_THRESHOLD`, mallopt(3)).
  static func returnFreeMemory() {
    let threshold: Int32 = -3
    guard let place = dlsym(dlopen(nil, RTLD_NOW), "mallopt") else { return }
    typealias Option = @convention(c) (Int32, Int32) -> Int32
    _ = unsafeBitCast(place, to: Option.self)(threshold, 128 << 10)
  }
}
