import WeirFormats
import WeirKernel

/// Who shares one state of a limit.
@frozen
public enum Scope: String, CaseIterable, Hashable, Sendable {
  /// Each account has its own.
  case account
  /// The accounts of an organisation share one.
  case organisation
  /// All accounts share one.
  case everyone

  /// The state that `request` meets, as an index.
  @inlinable
  public func index(of request: Request) -> Int {
    switch self {
    case .account: Int(request.account)
    case .organisation: Int(request.organisation)
    case .everyone: 0
    }
  }

  /// The state of an account that opens, as an index.
  @inlinable
  public func index(of account: AccountIndex, with start: AccountStart) -> Int {
    switch self {
    case .account: Int(account)
    case .organisation: Int(start.organisation)
    case .everyone: 0
    }
  }

  /// The number of states.
  public func count(in directory: Directory) -> Int {
    switch self {
    case .account: directory.accounts
    case .organisation: directory.organisations
    case .everyone: 1
    }
  }
}

extension Fields {
  /// The field `by`: who shares one state.
  func scope(default standard: Scope = .account) -> Scope {
    value(
      "by",
      .choice(Scope.self) { scope in
        switch scope {
        case .account: "each account has its own"
        case .organisation: "the accounts of an organisation share one"
        case .everyone: "all accounts share one"
        }
      }, default: standard, "Who shares one state of the limit.")
  }

  /// The field `as`: whether a limit lets pass or pays.
  func limitRole(default standard: Role = .allowance) -> Role {
    let kind = ValueKind<LimitRole>.choice(LimitRole.self) { role in
      switch role {
      case .allowance: "pays what fits; what comes after it in the stack pays the rest"
      case .gate: "lets the whole request pass, or refuses it"
      }
    }
    let usual: LimitRole = standard == .gate ? .gate : .allowance
    return value("as", kind, default: usual, "What the limit does for a request.").role
  }
}

extension Fields {
  /// The field `overshoots`: whether the last request may exceed the limit.
  func overshoots() -> Bool {
    value(
      "overshoots", .flag, default: false,
      "Whether a request passes while anything is left, whatever it costs.")
  }

  /// The field `holdUpTo`: how long a request is kept rather than refused.
  func holdUpTo() -> SimDuration {
    value(
      "holdUpTo", .span, default: .zero,
      "The longest that a request is kept until it fits, rather than refused.")
  }

  /// The field `countsRefused`: whether refusals count.
  func countsRefused() -> Bool {
    value(
      "countsRefused", .flag, default: false,
      "Whether refused requests count as well, whichever layer refused them.")
  }
}

/// The roles that a limit can have.
private enum LimitRole: String, CaseIterable {
  case allowance
  case gate

  var role: Role { self == .gate ? .gate : .allowance }
}
