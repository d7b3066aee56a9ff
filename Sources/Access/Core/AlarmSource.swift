/// A layer that watches all traffic and raises alarms.
public protocol AlarmSource: Layer {
  /// The alarms that the layer raised over all traffic, in their order.
  var alarms: [Alarm] { get }
}
