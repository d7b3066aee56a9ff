/// Shares over time in one line of text: the higher the mark, the larger the share.
enum Sparkline {
  /// The marks for equal parts of 0 to 1.
  static let marks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// What the lowest and the highest mark stand for.
  static let scale = "▁ is 0, █ is 100 %"

  /// How many intervals go into one mark, for `count` of them to need at most `marks` marks.
  static func step(count: Int, marks: Int) -> Int { max(1, (count + marks - 1) / marks) }

  /// The mean of each `step` values; `nil` where one of them has none.
  static func means(_ values: some Collection<Double?>, step: Int) -> [Double?] {
    let values = Array(values)
    return stride(from: 0, to: values.count, by: step).map { start in
      let group = values[start..<min(start + step, values.count)]
      let defined = group.compactMap { $0 }
      return defined.count == group.count ? defined.reduce(0, +) / Double(group.count) : nil
    }
  }

  /// The line; a dot where there is no value.
  static func text(_ shares: [Double?]) -> String {
    String(
      shares.map { share in
        guard let share else { return "·" }
        return marks[min(max(Int(share * Double(marks.count)), 0), marks.count - 1)]
      })
  }
}
