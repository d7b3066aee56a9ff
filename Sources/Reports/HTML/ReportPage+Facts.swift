import WeirFormats
import WeirLab
import WeirSimulation

/// What the numbers rest on, and how to get them again.
extension ReportPage {
  /// The section of the assumptions.
  func assumptions(_ section: inout Markup) {
    section.element("dl") { list in
      for (term, text) in assumptionTexts() {
        list.element("dt", text: term)
        list.element("dd") { $0.isolated(text) }
      }
    }
    let populations = facts.list("populations")
    section.table(
      "Who asks",
      head: ["population", "accounts", "plan", "workload", "labelled abusive"].map {
        TableHead(label: $0)
      },
      rows: populations.map { node in
        [
          .text(Self.word(node["name"])), .number(Self.word(node["accounts"])),
          .text(Self.word(node["plan"])), .text(Self.word(node["workload"]?["type"])),
          .text(node["abusive"] == true ? "yes" : "no"),
        ]
      })
    section.table(
      "Who serves",
      head: ["pool", "servers", "sharing"].map { TableHead(label: $0) },
      rows: facts.list("fleet").map { node in
        let sharing = node["sharing"]?.text ?? Self.word(node["sharing"]?["type"])
        return [
          .text(Self.word(node["name"])), .number(Self.word(node["servers"])), .text(sharing),
        ]
      })
  }

  private func assumptionTexts() -> [(term: String, text: String)] {
    let scenario = facts.scenario
    let replications = NumberText.counted(facts.replications, "random world", "random worlds")
    var texts = [
      (
        "The same worlds for all",
        "Each policy is run in the same \(replications). What is asked, when, how large it is and"
          + " how patient its account is do not depend on the policy, so that differences are taken"
          + " world by world." + gain
      ),
      (
        "Time",
        "Measured are the intents first attempted in \(measured)"
          + (facts.times.warmup > 0 ? " after a warm-up of \(warmup)" : "")
          + ". Afterwards arrivals go on until each of them has ended, for at most"
          + " \(Self.word(scenario["drain"])). Accounts begin "
          + (scenario["initial"]?.text == "fresh"
            ? "with full limits, all at once." : "in the middle of their windows.")
      ),
      (
        "Intervals",
        "Two-sided 95 % Student-t intervals over replications, each by itself. Verdicts are paired"
          + " t tests at 5 % after Holm's correction over the policies, for each metric by itself:"
          + " with many metrics, some verdict may be luck. The primary metric was named before the"
          + " run."
      ),
      (
        "Quantiles",
        "Nearest rank, over all measured intents. Those refused for good or never finished count"
          + " as waits without end, so that refusing more never looks faster; a quantile that falls"
          + " among them, or is too deep for the number of intents, has no value."
      ),
      (
        "Saturation",
        "A run whose backlog grows through the measured time is saturated; its averages over time"
          + " would only say how long the run was and have no value."
      ),
    ]
    if scenario["signals"] != nil {
      texts.append(
        (
          "Signals",
          "Policies see the load of the fleet every \(Self.word(scenario["signals"]?["every"])),"
            + " \(Self.word(scenario["signals"]?["delay"])) late."
        ))
    }
    return texts
  }

  /// What the pairing saved for the primary metric.
  private var gain: String {
    let gains = facts.policies.indices.compactMap {
      results.comparison(facts.primaryMetric, policy: $0)?.varianceGain
    }
    guard let low = gains.min(), let high = gains.max() else { return "" }
    let texts = [low, high].map { NumberText.fixed($0, digits: $0 < 10 ? 1 : 0) }
    let range = texts[0] == texts[1] ? texts[0] : "\(texts[0]) to \(texts[1])"
    return " For the primary metric this is worth \(range) times the replications of independent"
      + " worlds."
  }

  private static func word(_ node: JSONNode?) -> String {
    switch node?.value {
    case .text(let text): text
    case .number(let text): Int64(text).map { NumberText.grouped($0) } ?? text
    case .flag(let flag): flag ? "yes" : "no"
    default: "–"
    }
  }

  /// The section of the manifest.
  func repetition(_ section: inout Markup) {
    section.paragraph(
      "With Weir \(facts.version), this command gives the same bytes in every file of the results,"
        + " on any machine:")
    section.element("pre") { $0.element("code", text: facts.command) }
    section.paragraph("This page is made from them by:")
    section.element("pre") { $0.element("code", text: "weir report \(shellFolder)") }
    section.element("dl") { list in
      for (term, text) in [
        ("Seed", facts.seed), ("Random samples", facts.random),
        ("Digest of the scenario (SHA-256)", facts.scenarioDigest),
      ] {
        list.element("dt", text: term)
        list.element("dd") { $0.element("code", text: text) }
      }
    }
    section.details("Digests of the files") { details in
      details.table(
        "", head: ["file", "bytes", "SHA-256"].map { TableHead(label: $0) },
        rows: facts.files.map { file in
          [.text(file.name), .number(NumberText.grouped(file.bytes)), .text(file.digest, "code")]
        })
    }
    section.details("The scenario, every default written out") { details in
      details.element("pre") { $0.element("code", text: JSONWriter.pretty(facts.scenario)) }
    }
  }

  /// The folder of the results, where the command that made them puts it.
  private var shellFolder: String { "Results/\(facts.name)" }
}
