/// A program that was started by this one and writes to it.
public struct ChildProcess {
  private let process: pid_t
  /// What it writes to its output; closed by ``end()``.
  public let output: Int32
  /// What it writes to its error stream; closed by ``end()``.
  public let errors: Int32

  /// Why a program cannot be started.
  public struct Failure: Error {
    /// The reason, in the words of the system.
    public let reason: String

    fileprivate init(_ code: Int32) { reason = String(cString: strerror(code)) }
  }

  /// Starts `program`, which reads what `input` is open for.
  public init(_ program: String, _ arguments: [String], input: Int32) throws(Failure) {
    let (output, errors) = (try Pipe(), try Pipe())
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let failure = posix_spawn(&process, program, &actions, nil, &words, environ)
    close(output.writing)
    close(errors.writing)
    if failure != 0 {
      close(output.reading)
      close(errors.reading)
      throw Failure(failure)
    }
    self.process = process
    self.output = output.reading
    self.errors = errors.reading
  }

  /// Stops the program at once, whatever signals it ignores because this process does.
  public func stop() { kill(process, SIGKILL) }

  /// Waits for the end of the program; whether it ended by itself and without a complaint.
  public func end() -> Bool {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(output)
    close(errors)
    return status == 0
  }

  /// The two ends of a pipe, which other programs do not inherit.
  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(Failure) {
      var ends: [Int32] = [0, 0]
      if pipe(&ends) != 0 { throw Failure(errno) }
      (reading, writing) = (ends[0], ends[1])
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
  }
}
