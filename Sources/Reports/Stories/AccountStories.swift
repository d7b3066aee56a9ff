import WeirAccess
import WeirKernel
public import WeirLab
import WeirSimulation

/// The stories of one account under several policies, for the terminal.
public enum AccountStories {
  /// The stories that runs of a study told, one policy after another.
  ///
  /// In all but that of the baseline the first decision that differs from the baseline's is marked.
  public static func text(_ stories: [RunStory], _ study: Study, _ style: TextStyle) -> String {
    let baseline = stories.first { $0.run.policy == study.baseline }
    return stories.map { story in
      let others = story.run.policy == study.baseline ? nil : baseline?.story
      return text(story, differingFrom: others, study, style)
    }.joined(separator: "\n")
  }

  private static func text(
    _ told: RunStory, differingFrom baseline: AccountStory?, _ study: Study, _ style: TextStyle
  ) -> String {
    let scenario = study.points[told.run.point].scenario
    let words = StoryWords(scenario.policies[told.run.policy], scenario.setting.directory)
    let events = told.story.events
    let mark = baseline.flatMap { firstDifference(of: told.story, from: $0) }
    var text = heading(told, scenario, style)
    let clock = ClockText(upTo: events.last?.at ?? .zero)
    let width = events.map { number($0).count }.max() ?? 0
    for (index, event) in events.enumerated() {
      let label = number(event)
      let space = String(repeating: " ", count: width - label.count)
      let head = "\(index == mark ? "*" : " ") \(clock.text(event.at))  \(space)\(label)  "
      text += passage(event, head, words, style)
    }
    if events.isEmpty { text += "  nothing happened\n" }
    if baseline != nil {
      let other = study.scenario.policies[study.baseline].name
      text +=
        mark == nil
        ? "  every decision is as under \(other)\n"
        : "  * the first decision that is not as under \(other)\n"
    }
    return text
  }

  private static func heading(
    _ told: RunStory, _ scenario: Scenario, _ style: TextStyle
  ) -> String {
    let setting = scenario.setting
    let account = told.story.account
    var first: Int64 = 0
    let population = setting.populations.first { population in
      if Int64(account) < first + population.accounts { return true }
      first += population.accounts
      return false
    }
    let plan = setting.directory.plans[Int(setting.directory.planOfAccount[Int(account)])].name
    let place = "\(population?.name ?? "")/\(Int64(account) - first)"
    let point = told.run.pointName == "base" ? "" : ", point \(told.run.pointName)"
    return Paragraph.text(
      "Account \(account) (\(place), plan \(plan)) under \(told.run.policyName),"
        + " replication \(told.run.replication)\(point)", after: "", width: style.width)
  }

  private static func number(_ event: StoryEvent) -> String {
    event.request == 0 ? "" : "#\(event.request)"
  }

  private static func passage(
    _ event: StoryEvent, _ head: String, _ words: StoryWords, _ style: TextStyle
  ) -> String {
    guard case .decision(let told) = event.kind else {
      return Paragraph.text(
        words.text(event.kind, at: event.at), after: head, hanging: 2, width: style.width)
    }
    let indent = String(repeating: " ", count: head.count + 2)
    var text = Paragraph.text(words.question(told), after: head, hanging: 2, width: style.width)
    let width = told.answers.map { words.layers[$0.layer].name.count }.max() ?? 0
    for answer in told.answers {
      let name = words.layers[answer.layer].name
      let space = String(repeating: " ", count: width - name.count)
      text += Paragraph.text(
        words.answer(answer), after: indent + name + space + "  ", width: style.width)
    }
    return text
      + Paragraph.text(
        words.decision(told.decision), after: indent + "=> ", hanging: 2, width: style.width)
  }

  /// The place of the first decision of `story` that `other` does not have so; `nil` for none.
  private static func firstDifference(of story: AccountStory, from other: AccountStory) -> Int? {
    let theirs = other.events.compactMap(Self.signature)
    var number = 0
    for (index, event) in story.events.enumerated() {
      guard let own = signature(event) else { continue }
      if number >= theirs.count || own != theirs[number] { return index }
      number += 1
    }
    return nil
  }

  /// What makes two decisions the same, whatever layers came to it.
  private struct Signature: Equatable {
    let at: SimTime
    let session: UInt32
    let turn: UInt32
    let call: UInt32
    let outcome: Outcome
    let granted: Units
  }

  private static func signature(_ event: StoryEvent) -> Signature? {
    guard case .decision(let told) = event.kind else { return nil }
    return Signature(
      at: event.at, session: told.intent.session, turn: told.intent.turn, call: told.intent.call,
      outcome: told.decision.outcome, granted: told.decision.granted)
  }
}
