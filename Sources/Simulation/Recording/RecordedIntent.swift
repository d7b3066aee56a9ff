public import WeirAccess
public import WeirKernel

/// One intent as it began: what was asked for, by whom and when, whatever became of it.
public struct RecordedIntent: Sendable {
  /// When it was first attempted.
  public let time: SimTime
  /// The population, as an index into the setting.
  public let population: UInt16
  /// The product, as an index into the directory.
  public let product: ProductIndex
  /// The model, as an index into the directory.
  public let model: ModelIndex
  /// The account, as a dense index.
  public let account: AccountIndex
  /// The number of the session among those of its account, from 0.
  public let session: UInt32
  /// The turn of the session, from 0.
  public let turn: UInt32
  /// The call within the turn, from 0.
  public let call: UInt32
  /// The pause since the end of the session's call before; `nil` for the first.
  public let pause: SimDuration?
  /// What was asked for; its operation is an index into the directory.
  public let demand: Demand

  init(_ session: SessionPointer, at now: SimTime) {
    time = now
    population = session.pointee.population
    product = session.pointee.product
    model = session.pointee.model
    account = session.pointee.account
    self.session = session.pointee.script.session
    turn = session.pointee.script.turn
    call = session.pointee.script.call
    pause = session.pointee.pause
    demand = session.pointee.demand
  }
}
