import WeirFormats

/// An axis before it has a place: its values, ticks and title.
struct Axis {
  let title: String
  let kind: Scale.Kind
  let domain: ClosedRange<Double>
  /// The ticks for an axis on which labels may take so much room.
  private let makeTicks: (Int) -> [Tick]

  /// The ticks, at most about `count`.
  func ticks(atMost count: Int) -> [Tick] { makeTicks(count) }

  /// The ticks of a horizontal axis, as many as have room side by side.
  func ticks(inWidth width: Double, size: Double) -> [Tick] {
    for count in stride(from: 8, to: 1, by: -1) {
      let ticks = makeTicks(count)
      let widest = ticks.map { TextWidth.of($0.label, size: size) }.max() ?? 0
      if (widest + size) * Double(max(1, ticks.count - 1)) <= width { return ticks }
    }
    return makeTicks(1)
  }

  // MARK: Kinds

  /// An axis of numbers that holds all `values` within `bounds`, from tick to tick.
  ///
  /// `bounds` are what the values can be, whatever the ends of their intervals say.
  static func linear(
    _ title: String, _ values: [Double],
    within bounds: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) -> Axis {
    let inside = values.map { min(max($0, bounds.lowerBound), bounds.upperBound) }
    let range = widened(range(inside), within: bounds)
    let ends = Ticks.linear(covering: range, atMost: 5) { _, _ in "" }
    let domain = (ends.first?.value ?? 0)...(ends.last?.value ?? 1)
    return Axis(title: title, kind: .linear, domain: domain) { count in
      Ticks.linear(covering: domain, atMost: count, label: number).filter {
        domain.contains($0.value)
      }
    }
  }

  /// An axis of powers of ten that holds all `values`, which are above 0.
  static func logarithmic(
    _ title: String, _ values: [Double], label: @escaping (Double) -> String
  ) -> Axis {
    let ends = Ticks.powers(covering: range(values, otherwise: 1...10), atMost: 12, label: label)
    let domain = ends[0].value...ends[ends.count - 1].value
    return Axis(title: title, kind: .logarithmic, domain: domain) { count in
      Ticks.powers(covering: domain, atMost: count, label: label).filter {
        $0.value <= domain.upperBound
      }
    }
  }

  /// A logarithmic axis of durations in seconds that holds all `values`, which are above 0.
  static func durations(_ title: String, _ values: [Double]) -> Axis {
    let ends = Ticks.durations(covering: range(values, otherwise: 1...10), atMost: 20)
    let domain = ends[0].value...ends[ends.count - 1].value
    return Axis(title: title, kind: .logarithmic, domain: domain) { count in
      Ticks.durations(covering: domain, atMost: count).filter { $0.value <= domain.upperBound }
    }
  }

  /// An axis of clock time from `domain.lowerBound` to `domain.upperBound`, in seconds.
  static func time(_ title: String, _ domain: ClosedRange<Double>) -> Axis {
    Axis(title: title, kind: .linear, domain: domain) { count in
      Ticks.times(within: domain, atMost: count)
    }
  }

  /// An axis of clock time whose 0 is so many hours after Monday 00:00, or after midnight.
  static func clock(
    _ title: String, _ domain: ClosedRange<Double>, startHour: Int, hasWeekdays: Bool
  ) -> Axis {
    Axis(title: title, kind: .linear, domain: domain) { count in
      Ticks.clock(within: domain, atMost: count, startHour: startHour, hasWeekdays: hasWeekdays)
    }
  }

  /// An axis of named places, at the whole numbers from 0.
  static func names(_ title: String, _ names: [String]) -> Axis {
    let last = Double(max(1, names.count - 1))
    return Axis(title: title, kind: .linear, domain: -0.25...last + 0.25) { count in
      let step = max(1, (names.count + count - 1) / max(1, count))
      return stride(from: 0, to: names.count, by: step).map {
        Tick(value: Double($0), label: names[$0])
      }
    }
  }

  /// A range of one value, widened to both sides as far as values can be.
  private static func widened(
    _ range: ClosedRange<Double>, within bounds: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let value = range.lowerBound
    guard value == range.upperBound else { return range }
    let margin = value == 0 ? 1 : value.magnitude / 2
    return max(value - margin, bounds.lowerBound)...min(value + margin, bounds.upperBound)
  }

  private static func range(
    _ values: [Double], otherwise: ClosedRange<Double> = 0...1
  ) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return otherwise }
    return low...high
  }

  /// A number on an axis: grouped digits, with so many decimals.
  static func number(_ value: Double, decimals: Int) -> String {
    NumberText.grouped(value, digits: decimals).withMinusSigns
  }
}
