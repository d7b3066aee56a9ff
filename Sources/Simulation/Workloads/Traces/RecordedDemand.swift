public import WeirKernel

/// All calls of a recorded trace, by session: dense, immutable and shared by every world.
///
/// 80 bytes a call and 32 a session.
public struct RecordedDemand: Sendable {
  /// The calls, those of one session one after another.
  public let calls: [RecordedCall]
  /// The sessions: by their start where that was recorded, otherwise as they were read.
  public let sessions: [RecordedSession]
  /// The names of the operations that calls refer to by position.
  public let operations: [String]
  /// Whether the trace says when sessions start; otherwise they need a generator.
  public let hasStarts: Bool
  /// Whether the trace says whose the sessions are; otherwise accounts are sampled.
  public let hasAccounts: Bool
  /// The median of the recorded pauses before calls that a tool and that a person led to.
  ///
  /// Each is `nil` when no pause of the kind was recorded.
  public let medianPauses: (tool: SimDuration?, person: SimDuration?)

  /// Whether there are calls with an unknown pause before them that no median stands for.
  public let needsPauses: Bool

  /// The number of accounts that the trace names by place; 1 when it names none.
  public let accounts: Int64

  /// No calls at all.
  static let nothing = RecordedDemand(
    calls: [], sessions: [], operations: [], hasStarts: false, hasAccounts: false,
    medianPauses: (nil, nil))

  init(
    calls: [RecordedCall], sessions: [RecordedSession], operations: [String], hasStarts: Bool,
    hasAccounts: Bool, medianPauses: (tool: SimDuration?, person: SimDuration?)
  ) {
    self.calls = calls
    self.sessions = sessions
    self.operations = operations
    self.hasStarts = hasStarts
    self.hasAccounts = hasAccounts
    self.medianPauses = medianPauses
    accounts = hasAccounts ? 1 + Int64(sessions.map(\.account).max() ?? 0) : 1
    needsPauses = sessions.contains { session in
      calls[Int(session.firstCall)..<Int(session.endOfCalls)].dropFirst().contains {
        $0.pause < 0 && ($0.followsPerson ? medianPauses.person : medianPauses.tool) == nil
      }
    }
  }
}

/// One call as it was recorded: plain numbers, 80 bytes.
public struct RecordedCall: Sendable, Equatable {
  /// Input tokens that no cache held.
  public var input: Int64 = 0
  /// Input tokens read from a cache.
  public var cachedInput: Int64 = 0
  /// Output tokens.
  public var output: Int64 = 0
  /// Metered time of what was made, in thousandths of a second.
  public var milliseconds: Int64 = 0
  /// Units of a workload that states its cost directly.
  public var units: Int64 = 1
  /// The work in nanoseconds of one server; negative when it was not recorded.
  public var work: Int64 = -1
  /// The work until the first token in nanoseconds; negative when it was not recorded.
  public var workToFirstToken: Int64 = -1
  /// The pause since the end of the call before in nanoseconds; negative when not recorded.
  public var pause: Int64 = -1
  /// The turn of the session that it belongs to, from 0.
  public var turn: UInt32 = 0
  /// The number of the call within the turn, from 0.
  public var call: UInt32 = 0
  /// The kind of request, as an index into the trace's operations.
  public var operation: UInt16 = 0
  /// Whether its work came to nothing.
  public var fails = false
  /// Whether a person's message led to it; otherwise the end of a tool did.
  public var followsPerson = false

  /// Creates a call of nothing, with nothing known.
  public init() {}
}

/// One session as it was recorded: a run of calls that follow one another.
public struct RecordedSession: Sendable, Equatable {
  /// When it starts, in nanoseconds since the start of the run; 0 when not recorded.
  public var start: Int64 = 0
  /// The units that its account is expected to ask for in a day; negative when not recorded.
  public var unitsPerDay: Double = -1
  /// Its first call.
  public var firstCall: UInt32 = 0
  /// The end of its calls.
  public var endOfCalls: UInt32 = 0
  /// The place of its account in the population; 0 when not recorded.
  public var account: UInt32 = 0
  /// Its number among the sessions of its account; ``unnumbered`` when not recorded.
  public var number = RecordedSession.unnumbered

  /// The number of a session that has none: it gets its place among those of its account.
  public static let unnumbered = UInt32.max

  /// Creates a session without calls.
  public init() {}

  /// The number of its calls.
  public var count: Int64 { Int64(endOfCalls) - Int64(firstCall) }
}
