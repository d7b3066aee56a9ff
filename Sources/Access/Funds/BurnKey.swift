import WeirKernel

/// One of the things that decide which of two lots is burnt first.
public enum BurnKey: String, CaseIterable, Hashable, Sendable {
  /// The lower priority number.
  case priority
  /// The earlier expiry, compared in whole seconds; lots without one last.
  case expiry
  /// The promotional lot.
  case promotional
  /// The one that becomes effective earlier.
  case from
  /// The one that was created earlier.
  case created

  /// Whether `left` is burnt before `right` by this alone; `nil` when both are alike.
  func prefers(_ left: Grant, over right: Grant) -> Bool? {
    switch self {
    case .priority: earlier(left.priority, right.priority)
    case .expiry: earlier(second(left), second(right))
    case .promotional: earlier(left.isPromotional ? 0 : 1, right.isPromotional ? 0 : 1)
    case .from: earlier(left.from, right.from)
    case .created: earlier(left.created, right.created)
    }
  }

  private func earlier<Value: Comparable>(_ left: Value, _ right: Value) -> Bool? {
    left == right ? nil : left < right
  }

  private func second(_ lot: Grant) -> Int64 {
    lot.expires.map { $0.nanoseconds / 1_000_000_000 } ?? .max
  }
}

extension [BurnKey] {
  /// Whether `left` is burnt before `right`: the first key that tells them apart decides, else the
  /// name.
  func prefer(_ left: Grant, over right: Grant) -> Bool {
    for key in self {
      if let isPreferred = key.prefers(left, over: right) { return isPreferred }
    }
    return left.id < right.id
  }
}
