/// A layer that sets itself a limit by the load, to be shown beside it.
public protocol AdaptiveLimit: Layer {
  /// The limit in force now; `nil` when there is none.
  var limitInForce: Units? { get }
}
