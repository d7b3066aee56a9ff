import WeirAccess
import WeirFormats
import WeirKernel

/// A window that is wrong in one way.
struct BrokenLayer: Layer {
  static let typeName = "broken"
  static let summary = "A window that is wrong in one way."

  enum Fault: String, CaseIterable, Sendable {
    case overdraws, keepsRefunds, waitsTooShort, waitsTooLong, paysTooMuch, opensAtNothing
    case showsTooMuch, sharesState, promisesTheImpossible, keepsRefused, keepsForEver

    var rule: LayerRule {
      switch self {
      case .overdraws: .keepsItsLimit
      case .keepsRefunds: .givesBack
      case .waitsTooShort: .waitIsEnough
      case .waitsTooLong: .waitIsNeeded
      case .paysTooMuch: .quoteIsWhole
      case .opensAtNothing: .zeroIsFree
      case .showsTooMuch: .meterDecides
      case .sharesState: .isValue
      case .promisesTheImpossible: .waitsMakeSense
      case .keepsRefused: .holdsForNothing
      case .keepsForEver: .holdIsEnough
      }
    }
  }

  /// What copies share where they should not.
  private final class Shared: @unchecked Sendable {
    var used: Int64 = 0
  }

  let fault: Fault
  private var window = FixedWindow(limit: UnitsByPlan(20), per: .seconds(1))
  private let shared = Shared()

  var role: Role { .allowance }

  init(fault: Fault) { self.fault = fault }

  init(_ fields: Fields) { self.init(fault: .overdraws) }

  mutating func prepare(for directory: Directory) { window.prepare(for: directory) }

  func quote(_ cost: Units, of request: Request, at now: SimTime, _ signals: Signals) -> Quote {
    var quote = window.quote(cost, of: request, at: now, signals)
    let nanosecond = SimDuration(nanoseconds: 1)
    let wait = quote.refusal?.retryAfter
    switch fault {
    case .waitsTooShort:
      quote.refusal?.retryAfter = wait.map { $0 - nanosecond }
    case .waitsTooLong:
      quote.refusal?.retryAfter = wait.map { $0 + nanosecond }
    case .paysTooMuch: quote.payable += 1
    case .sharesState where shared.used % 3 == 1:
      return .short(.limit, payable: .zero, retryAfter: nil)
    case .promisesTheImpossible:
      if quote.refusal?.reason == .never { quote.refusal?.retryAfter = nanosecond }
    case .keepsRefused: quote.delay = quote.payable == .zero ? nanosecond : .zero
    case .keepsForEver: quote.delay = quote.payable > .zero ? nanosecond : .zero
    default: break
    }
    return quote
  }

  mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    if fault == .overdraws { return window.commit(share > 1 ? 1 : share, of: request, at: now) }
    if fault == .opensAtNothing, share == .zero { window.commit(1, of: request, at: now) }
    if share > .zero { shared.used += 1 }
    window.commit(share, of: request, at: now)
  }

  mutating func settle(_ hold: Hold, to actual: Units, of request: Request, at now: SimTime) {
    if fault == .keepsRefunds, actual < hold.share { return }
    window.settle(hold, to: actual, of: request, at: now)
  }

  func meter(for request: Request, at now: SimTime) -> Meter? {
    var meter = window.meter(for: request, at: now)
    let limit = meter?.limit
    if fault == .showsTooMuch { meter?.remaining = limit }
    return meter
  }
}
