import WeirKernel

/// The layers of a stack, each at an address of its own, where it is called in place.
///
/// Before Swift calls a mutating method of an `any Layer` in an array it asks whether somebody
/// shares the array, and then the box; before it calls another method it copies the box. Each of
/// that costs as much as a layer. A stack asks once a decision whether it shares its storage.
///
/// The unsafe memory is fenced in this file: every index is checked against the bounds, the type of
/// what lies at an address is kept beside it, and both live as long as the storage.
final class LayerStorage: @unchecked Sendable {
  let count: Int
  private let places: UnsafeMutablePointer<LayerPlace>

  init(_ layers: [any Layer]) {
    count = layers.count
    places = .allocate(capacity: layers.count)
    for (index, layer) in layers.enumerated() { (places + index).initialize(to: layer.placed()) }
  }

  deinit {
    for index in 0..<count { places[index].free() }
    places.deallocate()
  }

  /// Copies of all layers.
  var layers: [any Layer] { (0..<count).map { self[$0] } }

  /// A layer as a value: a copy to read, or taken out and put back to change.
  ///
  /// For what is not done at every request: it allocates.
  subscript(index: Int) -> any Layer {
    get { at(index).value }
    _modify {
      var layer = at(index).take()
      defer { places[index] = layer.placed() }
      yield &layer
    }
  }

  /// Where a layer lies, to call it there.
  @inline(__always)
  func at(_ index: Int) -> LayerPlace {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no layer is there")
    return places[index]
  }
}

/// The address of one layer, its type, and what it can do besides: so that it is called in place.
///
/// The type is unknown here, so that each call is one through its table of methods.
struct LayerPlace {
  private let address: UnsafeMutableRawPointer
  private let kind: any Layer.Type
  private let creditFund: (any CreditFund.Type)?
  private let unitFund: (any UnitFund.Type)?
  private let adaptive: (any AdaptiveLimit.Type)?

  fileprivate init<Type: Layer>(_ layer: Type) {
    let memory = UnsafeMutablePointer<Type>.allocate(capacity: 1)
    memory.initialize(to: layer)
    address = UnsafeMutableRawPointer(memory)
    kind = Type.self
    creditFund = Type.self as? any CreditFund.Type
    unitFund = Type.self as? any UnitFund.Type
    adaptive = Type.self as? any AdaptiveLimit.Type
  }

  @inline(__always)
  private func layer<Type>(_: Type.Type) -> UnsafeMutablePointer<Type> {
    address.assumingMemoryBound(to: Type.self)
  }

  fileprivate func free() {
    func call<Own: Layer>(_ type: Own.Type) {
      layer(type).deinitialize(count: 1)
      layer(type).deallocate()
    }
    call(kind)
  }

  fileprivate var value: any Layer {
    func call<Own: Layer>(_ type: Own.Type) -> any Layer { layer(type).pointee }
    return call(kind)
  }

  fileprivate func take() -> any Layer {
    func call<Own: Layer>(_ type: Own.Type) -> any Layer {
      defer { layer(type).deallocate() }
      return layer(type).move()
    }
    return call(kind)
  }
}

// MARK: Every layer

extension LayerPlace {
  @inline(__always)
  func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    func call<Own: Layer>(_ type: Own.Type) -> Quote {
      layer(type).pointee.reading { $0.quote(cost, of: request, at: now, signals) }
    }
    return call(kind)
  }

  @inline(__always)
  func commit(_ share: Units, of request: Request, at now: SimTime) {
    func call<Own: Layer>(_ type: Own.Type) {
      layer(type).pointee.commit(share, of: request, at: now)
    }
    call(kind)
  }

  @inline(__always)
  func settle(_ hold: Hold, to actual: Units, of request: Request, at now: SimTime) {
    func call<Own: Layer>(_ type: Own.Type) {
      layer(type).pointee.settle(hold, to: actual, of: request, at: now)
    }
    call(kind)
  }

  func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    func call<Own: Layer>(_ type: Own.Type) {
      layer(type).pointee.observe(feedback, of: request, at: now)
    }
    call(kind)
  }

  func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    func call<Own: Layer>(_ type: Own.Type) {
      layer(type).pointee.open(account, plan: plan, with: start)
    }
    call(kind)
  }

  func receive(_ signals: Signals, at now: SimTime) {
    func call<Own: Layer>(_ type: Own.Type) {
      layer(type).pointee.receive(signals, at: now)
    }
    call(kind)
  }

  func meter(for request: Request, at now: SimTime) -> Meter? {
    func call<Own: Layer>(_ type: Own.Type) -> Meter? {
      layer(type).pointee.reading { $0.meter(for: request, at: now) }
    }
    return call(kind)
  }

  var isStrict: Bool {
    func call<Own: Layer>(_ type: Own.Type) -> Bool {
      layer(type).pointee.reading { $0.isStrict }
    }
    return call(kind)
  }

  /// The limit that the layer has set itself; `nil` when it sets none.
  var limitInForce: Units? {
    func call<Own: AdaptiveLimit>(_ type: Own.Type) -> Units? {
      layer(type).pointee.reading { $0.limitInForce }
    }
    return adaptive.flatMap { call($0) }
  }
}

// MARK: Funds

extension LayerPlace {
  /// Calls a fund of credits.
  ///
  /// - Precondition: The layer is one.
  @inline(__always)
  private var credits: any CreditFund.Type {
    guard let creditFund else { preconditionFailure("the layer keeps no credits") }
    return creditFund
  }

  /// Whether the layer is a fund of credits.
  var isCreditFund: Bool { creditFund != nil }

  /// Whether the layer is a fund of units.
  var isUnitFund: Bool { unitFund != nil }

  func charge(for units: Units, of request: Request, decidedAt time: SimTime) -> Credits {
    func call<Own: CreditFund>(_ type: Own.Type) -> Credits {
      layer(type).pointee.reading { $0.charge(for: units, of: request, decidedAt: time) }
    }
    return call(credits)
  }

  func owner(of request: Request) -> OwnerIndex {
    func call<Own: CreditFund>(_ type: Own.Type) -> OwnerIndex {
      layer(type).pointee.reading { $0.owner(of: request) }
    }
    return call(credits)
  }

  func balance(of owner: OwnerIndex) -> Credits {
    func call<Own: CreditFund>(_ type: Own.Type) -> Credits {
      layer(type).pointee.reading { $0.balance(of: owner) }
    }
    return call(credits)
  }

  func apply(_ update: BalanceUpdate) {
    func call<Own: CreditFund>(_ type: Own.Type) { layer(type).pointee.apply(update) }
    call(credits)
  }

  func advance(to owner: OwnerIndex, at now: SimTime) -> Credits {
    func call<Own: CreditFund>(_ type: Own.Type) -> Credits {
      layer(type).pointee.reading { $0.advance(to: owner, at: now) }
    }
    return call(credits)
  }

  func debt(of owner: OwnerIndex, at now: SimTime) -> Credits {
    func call<Own: CreditFund>(_ type: Own.Type) -> Credits {
      layer(type).pointee.reading { $0.debt(of: owner, at: now) }
    }
    return call(credits)
  }

  func forgiven(to owner: OwnerIndex, by now: SimTime) -> Forgiveness? {
    func call<Own: CreditFund>(_ type: Own.Type) -> Forgiveness? {
      layer(type).pointee.reading { $0.forgiven(to: owner, by: now) }
    }
    return call(credits)
  }

  func automaticPurchase(for owner: OwnerIndex, at now: SimTime) -> Credits? {
    func call<Own: CreditFund>(_ type: Own.Type) -> Credits? {
      layer(type).pointee.automaticPurchase(for: owner, at: now)
    }
    return call(credits)
  }

  func nextPurchase(for owner: OwnerIndex, at now: SimTime) -> SimTime? {
    func call<Own: CreditFund>(_ type: Own.Type) -> SimTime? {
      layer(type).pointee.reading { $0.nextPurchase(for: owner, at: now) }
    }
    return call(credits)
  }

  /// The factor of a price that follows the load; `nil` when there is none.
  func priceInForce(at now: SimTime) -> Ratio? {
    func call<Own: CreditFund>(_ type: Own.Type) -> Ratio? {
      layer(type).pointee.reading { $0.priceInForce(at: now) }
    }
    return creditFund.flatMap { call($0) }
  }

  func keepBooks() {
    func call<Own: UnitFund>(_ type: Own.Type) { layer(type).pointee.keepBooks() }
    if let unitFund { call(unitFund) }
  }

  func book(_ request: Request, to now: SimTime) {
    func call<Own: UnitFund>(_ type: Own.Type) { layer(type).pointee.book(request, to: now) }
    if let unitFund { call(unitFund) }
  }

  func takeBookings() -> [UnitBooking] {
    func call<Own: UnitFund>(_ type: Own.Type) -> [UnitBooking] {
      layer(type).pointee.takeBookings()
    }
    return unitFund.map { call($0) } ?? []
  }
}

extension Layer {
  fileprivate func placed() -> LayerPlace { LayerPlace(self) }

  /// Reads the layer where it lies.
  ///
  /// Mutating, since Swift copies what lies at an address before it calls what does not change it,
  /// but not before what may.
  @inline(__always)
  fileprivate mutating func reading<Value>(_ body: (borrowing Self) -> Value) -> Value {
    body(self)
  }
}
