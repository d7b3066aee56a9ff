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
        "population", "accounts", "plan", "workload", "when refused",
        "credits when the run begins", "buys credits", "labelled abusive",
      ].map {
        TableHead(label: $0)
      },
      rows: populations.map(whoAsks), stacks: true)
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
    meanings(&section)
    if facts.list("fleet").count > 1 {
      section.paragraph(
        "Figures of utilisation are of all pools together, also where one cannot serve what another"
          + " can.", "faint")
    }
  }

  private func whoAsks(_ population: JSONNode) -> [TableCell] {
    let plan = Self.word(population["plan"])
    let described = facts.scenario["plans"]?[plan]
    let priority =
      facts.list("policies").contains { Self.kind($0["scheduler"]) == "priority" }
      ? " (priority \(Self.word(described?["priority"])))" : ""
    return [
      .text(Self.word(population["name"])), .number(Self.word(population["accounts"])),
      .text(plan + priority + Self.allowances(described)),
      .text(Self.word(population["workload"]?["type"])),
      .text(Self.kind(population["behaviour"]?["whenRefused"])),
      .text(Self.balance(population)), .text(Self.purchases(population)),
      .text(population["abusive"] == true ? "yes" : "no"),
    ]
  }

  /// What a plan allows, in units.
  private static func allowances(_ plan: JSONNode?) -> String {
    let windows = (plan?["allowances"]?.elements ?? []).map { window in
      "\(word(window["limit"])) per \(word(window["per"]).withSpacedUnits)"
    }
    return windows.isEmpty ? "" : ": \(windows.joined(separator: ", "))"
  }

  /// What the types named in the tables stand for, for those who do not know them.
  private func meanings(_ section: inout Markup) {
    let populations = facts.list("populations")
    var told: [(name: String, text: String)] = []
    func tell(_ nodes: [JSONNode?], _ meaning: (String) -> String?) {
      for name in nodes.map(Self.kind) {
        guard let text = meaning(name), !told.contains(where: { $0.name == name }) else { continue }
        told.append((name, text))
      }
    }
    tell(populations.map { $0["workload"] }) { WorkloadCatalogue.registry[$0]?.help }
    tell(populations.map { $0["behaviour"]?["whenRefused"] }) {
      RefusalResponse.registry[$0]?.help
    }
    tell(facts.list("fleet").map { $0["sharing"] }) { Sharing.registry[$0]?.help }
    tell(facts.list("policies").map { $0["scheduler"] }) { SchedulerCatalogue.registry[$0]?.help }
    guard !told.isEmpty else { return }
    section.details("What these types are") { details in
      details.element("dl") { list in
        for (name, text) in told {
          list.element("dt") { $0.element("code", text: name) }
          list.element("dd", text: text)
        }
      }
    }
  }

  /// The credits that each account of a population begins with.
  private static func balance(_ population: JSONNode) -> String {
    guard let node = population["balance"] else { return "0" }
    guard let type = node["type"]?.text else { return word(node) }
    let terms = (node.members ?? []).filter { $0.name != "type" }.map {
      "\($0.name) \(word($0.value))"
    }
    return "\(type) (\(terms.joined(separator: ", ")))"
  }

  private func assumptionTexts() -> [(term: String, text: String)] {
    let scenario = facts.scenario
    let replications = NumberText.counted(facts.replications, "random world", "random worlds")
    var texts = [
      (
        "Everything is simulated",
        "No number of this page was measured on a real service. Who asks for what, who serves, and what"
          + " each policy does follows from the scenario at the end of this page. It gives no sources for"
          + " what it sets; where the defaults of workloads come from is in Weir's documentation, under"
          + " calibration."
      ),
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
    if !gifts.isEmpty {
      texts.append(("Starting balances", "Besides those of the table below, " + gifts))
    }
    if scenario["signals"] != nil {
      texts.append(
        (
          "Signals",
          "Policies see the load of the fleet every \(signal("every")), \(signal("delay")) late."
        ))
    }
    return texts
  }

  /// The credits with which the funds of policies begin.
  private var gifts: String {
    let parts = facts.list("policies").flatMap { policy in
      (policy["layers"]?.elements ?? []).compactMap { layer -> String? in
        guard let credits = layer["initial"], layer["type"]?.text == "credits" else { return nil }
        return "\(Self.word(policy["name"])) gives each \(layer["owner"]?.text ?? "account")"
          + " \(Self.word(credits)) credits"
      }
    }
    return parts.isEmpty ? "" : Findings.list(parts) + ", when the run begins."
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
      : " For the primary metric this saves a factor of \(range) in replications."
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
      "Made by Weir \(facts.version). In the repository that this report came with, or another copy of"
        + " it at that version, Swift 6.2 or newer builds it, with nothing to download:")
    section.element("pre") { code in
      code.element("code", text: "swift build -c release\nPATH=\"$PWD/.build/release:$PATH\"")
    }
    section.paragraph(
      "Then this command writes the results to \(shellFolder), the same bytes in every file on any"
        + " machine"
        + (facts.command.contains("--without") ? " (--without leaves large tables out):" : ":"))
    section.element("pre") { $0.element("code", text: facts.command) }
    section.paragraph("This page, \(shellFolder)/report.html, is made from them by:")
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
