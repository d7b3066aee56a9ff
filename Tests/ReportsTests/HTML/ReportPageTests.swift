import Testing

@testable import WeirReports

@Suite struct ReportPageTests {
  static func page() throws -> String { ReportPage(try SampleResults.shared()).html() }

  static func page(_ text: String) throws -> String {
    ReportPage(try SampleResults(text).read()).html()
  }

  @Test("a page has each of its sections, in order")
  func sections() throws {
    let page = try Self.page()
    let ids = page.components(after: "<section id=\"").map { $0.prefix { $0 != "\"" } }
    #expect(
      ids == [
        "verdict", "thresholds", "comparison", "demand", "money", "trade", "differences",
        "latency", "evenness", "time", "accounts", "abuse", "assumptions", "words", "repeat",
      ])
    for id in ids { #expect(page.contains("href=\"#\(id)\"")) }
  }

  @Test("nothing that stands in a scenario becomes a tag")
  func escaped() throws {
    let page = try Self.page()
    #expect(!page.contains("<script"))
    #expect(page.components(after: "</style>").count == 1)
    #expect(page.components(after: "</title></style>").isEmpty)
    #expect(page.contains("&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;"))
    #expect(page.contains("<bdi>&lt;/title&gt;"))
    #expect(page.contains("שלום \u{202E}drow</bdi>"))
  }

  @Test("a page needs nothing else, and forbids it")
  func alone() throws {
    let page = try Self.page()
    #expect(
      page.contains(
        "content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:\""))
    for sign in ["http:", "https:", "src=", "@import", "<link", "<iframe", "<object", " on"] {
      let found = page.components(after: sign).filter { rest in
        sign != " on"
          || rest.prefix { $0.isLetter }.count > 2 && rest.drop { $0.isLetter }.hasPrefix("=\"")
      }
      #expect(found.isEmpty, "\(sign) before \(found.first?.prefix(40) ?? "")")
    }
    for reference in page.components(after: "url(") { #expect(reference.hasPrefix("#")) }
    for reference in page.components(after: "href=\"") { #expect(reference.hasPrefix("#")) }
  }

  @Test("every element is closed where it should be, and ids are unique")
  func wellFormed() throws {
    let page = try Self.page()
    var open: [Substring] = []
    for piece in page.components(after: "<") where !piece.hasPrefix("!") {
      if piece.hasPrefix("/") {
        let name = piece.dropFirst().prefix { $0 != ">" }
        #expect(open.popLast() == name, "\(piece.prefix(60))")
      } else {
        let tag = piece.prefix { $0 != ">" }
        let name = tag.prefix { $0 != " " && $0 != "/" }
        if !tag.hasSuffix("/"), name != "meta" { open.append(name) }
      }
    }
    #expect(open.isEmpty)
    let ids = page.components(after: " id=\"").map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
    for reference in page.components(after: "aria-labelledby=\"") {
      for id in reference.prefix(while: { $0 != "\"" }).split(separator: " ") {
        #expect(ids.contains(id))
      }
    }
  }

  @Test("the same results give the same page, byte for byte")
  func deterministic() throws {
    let sample = try SampleResults()
    #expect(ReportPage(try sample.read()).html() == ReportPage(try sample.read()).html())
    #expect(try Self.page() == Self.page(sampleScenario))
  }

  @Test("the verdict names the best policy, the difference, the next one and the price")
  func verdict() throws {
    let page = try Self.page()
    let box = try #require(page.components(after: "<div class=\"verdict\">").first)
      .components(after: "<p").map { String($0.prefix { $0 != "<" }) }
    #expect(box[0].contains("does best on the primary metric, surely better than the baseline"))
    #expect(box[0].contains("hard-stop") && box[0].contains(" points, p\u{A0}"))
    #expect(box.contains { $0.contains("Next is ") })
    #expect(box.contains { $0.contains("Left out of these figures") && $0.contains("scrapers:") })
    #expect(page.contains("thresholds pass</li>"))
  }

  @Test("one policy alone, and one replication, make a page too")
  func small() throws {
    let one = sampleScenario.replacing("\"replications\": 4", with: "\"replications\": 1")
    let page = try Self.page(one)
    #expect(page.contains("1 replication<"))
    let start = try #require(sampleScenario.firstRange(of: "\"policies\": ["))
    let end = try #require(sampleScenario.firstRange(of: "\"baseline\": \"hard-stop\","))
    var alone = sampleScenario
    alone.replaceSubrange(
      start.lowerBound..<end.upperBound, with: "\"policies\": [ {\"name\": \"open\"} ],")
    let threshold = try #require(alone.firstRange(of: "\"thresholds\""))
    alone = alone[..<threshold.lowerBound] + "\"thresholds\": []}"
    let only = try Self.page(alone)
    #expect(only.contains("There is one policy, open."))
    #expect(!only.contains("id=\"differences\""))
    #expect(!only.contains("id=\"thresholds\""))
  }

  @Test("nobody who asks, and nobody who is served, make a page too")
  func nothing() throws {
    let blocked = sampleScenario.replacing("\"limit\": 4", with: "\"limit\": 0")
    #expect(try Self.page(blocked).hasSuffix("</html>\n"))
    let late = sampleScenario.replacing("\"mean\": \"4s\"", with: "\"mean\": \"4000d\"")
      .replacing("\"mean\": \"700ms\"", with: "\"mean\": \"4000d\"")
    #expect(try Self.page(late).contains("cannot decide"))
  }
}
