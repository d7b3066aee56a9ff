import WeirFormats
import WeirLab
import WeirSimulation

/// A report: one page that needs nothing else, made from the results of a study.
///
/// The page loads nothing, runs no script, and says so in its content security policy. It is made
/// from the results alone, byte for byte the same on every machine.
public struct ReportPage {
  let results: StudyResults
  let figures: Figures

  /// The report of results.
  public init(_ results: StudyResults) {
    self.results = results
    figures = Figures(results)
  }

  var facts: ManifestFacts { results.facts }

  /// A section: the anchor, the heading, and what stands in it.
  private struct Section {
    let id: String
    let title: String
    let body: Markup
  }

  /// The whole page.
  public func html() -> String {
    var page = Markup()
    page.raw("<!DOCTYPE html>\n")
    page.element("html", [("lang", "en")]) { html in
      html.newLine()
      html.element("head") { head(&$0) }
      html.newLine()
      html.element("body") { body(&$0) }
      html.newLine()
    }
    page.newLine()
    return page.text
  }

  private func head(_ head: inout Markup) {
    head.void("meta", [("charset", "utf-8")])
    head.newLine()
    head.void(
      "meta",
      [
        ("http-equiv", "Content-Security-Policy"),
        ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
      ])
    head.newLine()
    head.void("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
    head.newLine()
    head.void("meta", [("name", "generator"), ("content", "weir \(WeirVersion.current)")])
    head.newLine()
    head.element("title", text: "\(facts.name): a comparison of access policies")
    head.newLine()
    head.styleSheet(ReportStyle.text)
    head.newLine()
  }

  private func body(_ body: inout Markup) {
    let sections = self.sections
    body.element("header") { header(&$0) }
    body.newLine()
    body.element("nav", [("aria-label", "Contents")]) { nav in
      nav.element("ul") { list in
        for section in sections {
          list.element("li") { $0.element("a", [("href", "#\(section.id)")], text: section.title) }
        }
      }
    }
    body.element("main") { main in
      for section in sections {
        main.section(section.id, section.title) { $0.append(section.body) }
      }
    }
    body.newLine()
  }

  private var sections: [Section] {
    let parts: [(String, String, (inout Markup) -> Void)] = [
      ("verdict", "Verdict", verdict), ("thresholds", "Thresholds", thresholds),
      ("sweep", "Over the sweep", sweep), ("comparison", "Comparison", comparison),
      ("demand", "Where served demand came from, and who was refused", demand),
      ("money", "Where credits came from, and where they went", money),
      ("trade", "What is traded for what", trade),
      ("differences", "How sure the differences are", differences),
      ("latency", "How long it takes", latency),
      ("evenness", "How evenly service is shared out", evenness),
      ("time", "Over time", time), ("accounts", "Who was served, who was hurt", accounts),
      ("abuse", "Abuse", abuse), ("assumptions", "Assumptions", assumptions),
      ("words", "What the words mean", words),
      ("repeat", "How to repeat it", repetition),
    ]
    return parts.compactMap { id, title, write in
      var body = Markup()
      write(&body)
      return body.text.isEmpty ? nil : Section(id: id, title: title, body: body)
    }
  }
}
