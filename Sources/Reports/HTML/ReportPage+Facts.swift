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
      head: [
        "population", "accounts", "plan", "workload", "when refused", "buys credits",
        "labelled abusive",
      ].map {
        TableHead(label: $0)
      },
      rows: populations.map { node in
        [
          .text(Self.word(node["name"])), .number(Self.word(node["accounts"])),
          .text(Self.word(node["plan"])), .text(Self.word(node["workload"]?["type"])),
          .text(Self.kind(node["behaviour"]?["whenRefused"])), .text(Self.purchases(node)),
          .text(node["abusive"] == true ? "yes" : "no"),
        ]
      }, stacks: true)
    section.table(
      "Who serves",
      head: ["pool", "servers", "sharing", "requests a server", "serves"].map {
        TableHead(label: $0)
      },
      rows: facts.list("fleet").map { node in
        let served = node["serves"]?.elements?.compactMap(\.text) ?? []
        return [
          .text(Self.word(node["name"])), .number(Self.word(node["servers"])),
          .text(Self.kind(node["sharing"])),
          .number(node["sharing"]?["requestsPerServer"].map(Self.word) ?? "1"),
          .text(served.isEmpty ? "everything" : served.joined(separator: ", ")),
        ]
      })
    if facts.list("fleet").count > 1 {
      section.paragraph(
        "Figures of utilisation are of all pools together, also where one cannot serve what another"
          + " can.", "faint")
    }
  }

  private func assumptionTexts() -> [(term: String, text: String)] {
    let scenario = facts.scenario
    let replications = NumberText.counted(facts.replications, "random world", "random worlds")
    var texts = [
      (
        "The same worlds for all",
        "Each policy is run in the same \(replications): the same accounts, sessions, sizes, pauses"
          + " and patience, so that differences are taken world by world. Whoever is served goes on:"
          + " how many intents are asked may therefore differ between policies." + gain
      ),
      (
        "Time",
        "Measured are the intents first attempted in \(measured)"
          + (facts.times.warmup > 0 ? " after a warm-up of \(warmup)" : "")
          + ". Afterwards arrivals go on until each of them has ended, for at most"
          + " \(Self.word(scenario["drain"]).withSpacedUnits). Accounts begin "
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
          "Policies see the load of the fleet every \(signal("every")), \(signal("delay")) late."
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
    return high < 1.05
      ? " For the primary metric this gained nothing."
      : " For the primary metric this makes intervals as narrow as \(range) times as many"
        + " replications would in worlds of their own."
  }

  /// The type of a node that is a word or has one.
  private static func kind(_ node: JSONNode?) -> String {
    node?.text ?? word(node?["type"])
  }

  /// How a population buys credits, in a few words.
  private static func purchases(_ population: JSONNode) -> String {
    guard let node = population["behaviour"]?["purchasing"] else { return "no" }
    let chance = node["propensity"].map { ", with probability \(word($0)) when refused" } ?? ""
    return "packs of \(word(node["pack"]))" + chance
  }

  private func signal(_ name: String) -> String {
    Self.word(facts.scenario["signals"]?[name]).withSpacedUnits
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
      "In a copy of Weir's repository at version \(facts.version), with `weir` built from it, this"
        + " command writes the results to \(shellFolder), the same bytes in every file on any machine"
        + (facts.command.contains("--without") ? " (--without leaves large tables out):" : ":"))
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
