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
  private struct Place {
    var type: any Layer.Type
    var address: UnsafeMutableRawPointer
  }

  let count: Int
  private let places: UnsafeMutablePointer<Place>

  init(_ layers: [any Layer]) {
    count = layers.count
    places = .allocate(capacity: layers.count)
    for (index, layer) in layers.enumerated() {
      (places + index).initialize(
        to: Place(type: type(of: layer), address: layer.storedAnew()))
    }
  }

  deinit {
    for index in 0..<count { places[index].type.free(places[index].address) }
    places.deallocate()
  }

  /// Copies of all layers.
  var layers: [any Layer] { (0..<count).map { self[$0] } }

  /// A layer as a value: a copy to read, or taken out and put back to change.
  ///
  /// For what is not done at every request: it allocates.
  subscript(index: Int) -> any Layer {
    get { self.place(index).type.read(self.place(index).address) }
    _modify {
      let place = place(index)
      var layer = place.type.take(place.address)
      defer { places[index] = Place(type: type(of: layer), address: layer.storedAnew()) }
      yield &layer
    }
  }

  @inline(__always)
  private func place(_ index: Int) -> Place {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no layer is there")
    return places[index]
  }

  // MARK: Calls in place

  @inline(__always)
  func quote(
    _ index: Int, _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let place = place(index)
    return place.type.quote(place.address, cost, request, now, signals)
  }

  @inline(__always)
  func commit(_ index: Int, _ share: Units, of request: Request, at now: SimTime) {
    let place = place(index)
    place.type.commit(place.address, share, request, now)
  }

  @inline(__always)
  func settle(
    _ index: Int, _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    let place = place(index)
    place.type.settle(place.address, hold, actual, request, now)
  }

  func observe(_ index: Int, _ feedback: Feedback, of request: Request, at now: SimTime) {
    let place = place(index)
    place.type.observe(place.address, feedback, request, now)
  }

  func open(_ index: Int, _ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let place = place(index)
    place.type.open(place.address, account, plan, start)
  }

  func receive(_ index: Int, _ signals: Signals, at now: SimTime) {
    let place = place(index)
    place.type.receive(place.address, signals, now)
  }

  func meter(_ index: Int, for request: Request, at now: SimTime) -> Meter? {
    let place = place(index)
    return place.type.meter(place.address, request, now)
  }

  func isStrict(_ index: Int) -> Bool {
    let place = place(index)
    return place.type.isStrict(place.address)
  }

  func limitInForce(_ index: Int) -> Units? {
    let place = place(index)
    return place.type.limitInForce(place.address)
  }

  func charge(
    _ index: Int, for units: Units, of request: Request, decidedAt time: SimTime
  ) -> Credits {
    let place = place(index)
    return place.type.charge(place.address, units, request, time)
  }

  func automaticPurchase(_ index: Int, for owner: OwnerIndex, at now: SimTime) -> Credits? {
    let place = place(index)
    return place.type.automaticPurchase(place.address, owner, now)
  }

  func owner(_ index: Int, of request: Request) -> OwnerIndex {
    let place = place(index)
    return place.type.owner(place.address, request)
  }

  func balance(_ index: Int, of owner: OwnerIndex) -> Credits {
    let place = place(index)
    return place.type.balance(place.address, owner)
  }

  func apply(_ index: Int, _ update: BalanceUpdate) {
    let place = place(index)
    place.type.apply(place.address, update)
  }
}

/// What is done with a layer that lies at an address.
///
/// Its type is unknown here, so that all of this is a call through its table of methods. Methods
/// that change nothing go through a mutating one, since Swift copies the layer before it calls them
/// at an address, but not from there.
extension Layer {
  fileprivate func storedAnew() -> UnsafeMutableRawPointer {
    let address = UnsafeMutablePointer<Self>.allocate(capacity: 1)
    address.initialize(to: self)
    return UnsafeMutableRawPointer(address)
  }

  @inline(__always)
  private static func at(_ address: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Self> {
    address.assumingMemoryBound(to: Self.self)
  }

  fileprivate static func free(_ address: UnsafeMutableRawPointer) {
    at(address).deinitialize(count: 1)
    at(address).deallocate()
  }

  fileprivate static func read(_ address: UnsafeMutableRawPointer) -> any Layer {
    at(address).pointee
  }

  fileprivate static func take(_ address: UnsafeMutableRawPointer) -> any Layer {
    defer { at(address).deallocate() }
    return at(address).move()
  }

  fileprivate static func quote(
    _ address: UnsafeMutableRawPointer, _ cost: Units, _ request: Request, _ now: SimTime,
    _ signals: Signals
  ) -> Quote {
    at(address).pointee.quoteInPlace(cost, request, now, signals)
  }

  private mutating func quoteInPlace(
    _ cost: Units, _ request: Request, _ now: SimTime, _ signals: Signals
  ) -> Quote {
    quote(cost, of: request, at: now, signals)
  }

  fileprivate static func commit(
    _ address: UnsafeMutableRawPointer, _ share: Units, _ request: Request, _ now: SimTime
  ) {
    at(address).pointee.commit(share, of: request, at: now)
  }

  fileprivate static func settle(
    _ address: UnsafeMutableRawPointer, _ hold: Hold, _ actual: Units, _ request: Request,
    _ now: SimTime
  ) {
    at(address).pointee.settle(hold, to: actual, of: request, at: now)
  }

  fileprivate static func observe(
    _ address: UnsafeMutableRawPointer, _ feedback: Feedback, _ request: Request, _ now: SimTime
  ) {
    at(address).pointee.observe(feedback, of: request, at: now)
  }

  fileprivate static func open(
    _ address: UnsafeMutableRawPointer, _ account: AccountIndex, _ plan: PlanIndex,
    _ start: AccountStart
  ) {
    at(address).pointee.open(account, plan: plan, with: start)
  }

  fileprivate static func receive(
    _ address: UnsafeMutableRawPointer, _ signals: Signals, _ now: SimTime
  ) {
    at(address).pointee.receive(signals, at: now)
  }

  fileprivate static func meter(
    _ address: UnsafeMutableRawPointer, _ request: Request, _ now: SimTime
  ) -> Meter? {
    at(address).pointee.meterInPlace(request, now)
  }

  private mutating func meterInPlace(_ request: Request, _ now: SimTime) -> Meter? {
    meter(for: request, at: now)
  }

  fileprivate static func isStrict(_ address: UnsafeMutableRawPointer) -> Bool {
    at(address).pointee.isStrict
  }

  fileprivate static func limitInForce(_ address: UnsafeMutableRawPointer) -> Units? {
    at(address).pointee.limitInForce
  }

  fileprivate static func charge(
    _ address: UnsafeMutableRawPointer, _ units: Units, _ request: Request, _ time: SimTime
  ) -> Credits {
    at(address).pointee.charge(for: units, of: request, decidedAt: time)
  }

  fileprivate static func automaticPurchase(
    _ address: UnsafeMutableRawPointer, _ owner: OwnerIndex, _ now: SimTime
  ) -> Credits? {
    at(address).pointee.automaticPurchase(for: owner, at: now)
  }

  fileprivate static func owner(
    _ address: UnsafeMutableRawPointer, _ request: Request
  ) -> OwnerIndex {
    at(address).pointee.owner(of: request)
  }

  fileprivate static func balance(
    _ address: UnsafeMutableRawPointer, _ owner: OwnerIndex
  ) -> Credits {
    at(address).pointee.balance(of: owner)
  }

  fileprivate static func apply(_ address: UnsafeMutableRawPointer, _ update: BalanceUpdate) {
    at(address).pointee.apply(update)
  }
}
