import WeirFormats
import WeirKernel
import WeirLab
import WeirSimulation

/// How busy the fleet was over time, as one line for each policy.
extension StudyTables {
  /// The line of each policy over the measured time, with its lowest and highest mark.
  static func loadTable(_ outcome: StudyOutcome, _ point: Int, width: Int) -> TextTable? {
    let study = outcome.summary.study
    let names = names(outcome)
    let setting = study.points[point].scenario.setting
    let interval = setting.interval.nanoseconds
    // Whole intervals after the warm-up; the last may be cut by the horizon.
    let first = Int(((setting.warmup?.nanoseconds ?? 0) + interval - 1) / interval)
    let lines = names.indices.map { policy in
      Array(outcome.summary.utilisation(policy: policy, point: point).dropFirst(first))
    }
    let count = lines.map(\.count).min() ?? 0
    guard count > 1, lines.contains(where: { $0.contains { $0 != nil } }) else { return nil }
    let room = width - (names.map(\.count).max() ?? 0) - 20
    let step = Sparkline.step(count: count, marks: min(60, max(16, room)))
    let marks = lines.map { Sparkline.means($0.prefix(count), step: step) }
    let span = DurationText.text(Int64(step) * interval)
    return TextTable(
      title: "Busy over time", rows: names,
      columns: [
        .init(
          label: "one mark is \(span)", unit: Sparkline.scale,
          cells: marks.map { TextCell(Sparkline.text($0)) }),
        .init(label: "lowest", unit: "%", cells: marks.map { end($0.compactMap { $0 }.min()) }),
        .init(label: "highest", unit: "%", cells: marks.map { end($0.compactMap { $0 }.max()) }),
      ])
  }

  private static func end(_ share: Double?) -> TextCell {
    TextCell(share.map { NumberText.fixed($0 * 100, digits: 1) } ?? "-")
  }
}
