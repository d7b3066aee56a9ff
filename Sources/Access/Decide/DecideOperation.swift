/// What a row of a ``DecideSession`` asks for.
enum DecideOperation: String, CaseIterable {
  case request
  case reserve
  case start
  case settle
  case fail
  case release
  case topup
  case plan
  case limit
  case load
  case tick

  /// Whether a row must name a cost.
  var needsCost: Bool {
    switch self {
    case .request, .reserve, .settle, .topup: true
    case .start, .fail, .release, .plan, .limit, .load, .tick: false
    }
  }
}
