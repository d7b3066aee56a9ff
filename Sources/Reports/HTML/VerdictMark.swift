import WeirLab

/// A verdict as a page shows it: a sign, a word and a colour, any of which would do alone.
struct VerdictMark {
  let sign: String
  let word: String
  let className: String

  /// The mark of a verdict; a bare one is of a difference that does not show in the digits.
  init(_ verdict: Verdict, isBare: Bool = false) {
    let barely = isBare ? "barely " : ""
    switch verdict {
    case .better: (sign, word, className) = ("▲", barely + "better", "good")
    case .worse: (sign, word, className) = ("▼", barely + "worse", "bad")
    case .equivalent: (sign, word, className) = ("=", "same", "same")
    case .tie: (sign, word, className) = ("~", "unclear", "same")
    }
  }

  /// The mark of how a threshold ended.
  init(_ outcome: ThresholdResult.Outcome) {
    switch outcome {
    case .pass: (sign, word, className) = ("✓", "pass", "good")
    case .fail: (sign, word, className) = ("✗", "fail", "bad")
    case .inconclusive: (sign, word, className) = ("?", "inconclusive", "same")
    }
  }

  /// The mark as an element.
  func markup() -> Markup {
    var markup = Markup()
    markup.element("span", [("class", "v \(className)")], text: "\(sign)\u{A0}\(word)")
    return markup
  }
}
