import WeirAccess
import WeirFormats
import WeirKernel
import WeirSimulation

extension Study {
  /// What a user should know before the study runs: legal, and easily overlooked.
  public var remarks: [String] {
    var remarks: [String] = []
    for study in points.map({ at($0.index) }) {
      for remark in [study.herdRemark, study.windowRemark] {
        if let remark, !remarks.contains(remark) { remarks.append(remark) }
      }
    }
    return remarks
  }

  private var herdRemark: String? {
    guard scenario.setting.initial == .fresh, longestWindow != nil else { return nil }
    return "\"initial\" is \"fresh\": all accounts begin with full limits at once, a synchronised"
      + " herd"
  }

  private var windowRemark: String? {
    let measured = scenario.setting.measuredTime
    guard let window = longestWindow, measured < window else { return nil }
    return "the measured time (\(DurationText.text(measured.nanoseconds))) is shorter than the"
      + " longest window of a plan (\(DurationText.text(window.nanoseconds)))"
  }

  /// The longest window of a plan that some policy enforces; `nil` when there is none.
  private var longestWindow: SimDuration? {
    let isUsed = scenario.policies.flatMap(\.layers).contains {
      type(of: $0.layer).typeName == "planAllowance"
    }
    guard isUsed else { return nil }
    return scenario.setting.plans.flatMap(\.value.allowances).map(\.per).max()
  }
}
