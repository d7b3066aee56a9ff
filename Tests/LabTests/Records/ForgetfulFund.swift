import WeirAccess
import WeirFormats
import WeirKernel

@testable import WeirLab

/// A fund that charges and whose balances never change: a run with it breaks the second invariant.
struct ForgetfulFund: CreditFund {
  static let typeName = "forgetfulFund"
  static let summary = "A fund that forgets what was debited."

  var role: Role { .fund }
  var charging: Charging { Charging(settlementLag: .zero, acceptsPurchases: false) }

  init(_ fields: Fields) {}

  func quote(_ cost: Units, of request: Request, at now: SimTime, _ signals: Signals) -> Quote {
    .pays(cost)
  }

  mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  func charge(for units: Units, of request: Request) -> Credits { Credits(micro: units.count) }

  func balance(of owner: OwnerIndex) -> Credits { .zero }

  mutating func apply(_ update: BalanceUpdate) {}

  /// The tiny study with such a fund in its second policy.
  static func study() throws -> Study {
    var extensions = Extensions()
    extensions.add(.layer(ForgetfulFund.self))
    let text = tiny(
      #"{"type": "credits", "name": "credits", "price": 1, "initial": 10}"#,
      by: #"{"type": "forgetfulFund"}"#)
    return Study(
      try ScenarioFile(
        "tiny.json", extensions: extensions, reader: .texts(["tiny.json": text])))
  }
}
