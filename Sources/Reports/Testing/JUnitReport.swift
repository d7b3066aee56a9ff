/// The outcome of tests as JUnit XML, which build servers read.
///
/// A file is a suite, a threshold under a policy at a point a case. What no answer was found for is
/// an error; an inconclusive threshold is skipped, or a failure where it is to count as one.
///
/// Source: the schema of the Jenkins JUnit plug-in (junit-10.xsd).
public enum JUnitReport {
  /// The report; `isStrict` makes a failure of what is inconclusive.
  public static func xml(_ tests: [ScenarioTest], isStrict: Bool = false) -> String {
    var markup = Markup()
    let all = tests.flatMap(\.cases)
    markup.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    markup.element("testsuites", [("name", "weir test")] + counts(all, isStrict)) { markup in
      markup.newLine()
      for test in tests {
        suite(test, isStrict, &markup)
        markup.newLine()
      }
    }
    markup.newLine()
    return markup.text
  }

  private static func suite(_ test: ScenarioTest, _ isStrict: Bool, _ markup: inout Markup) {
    let attributes = [("name", test.name), ("file", test.path)] + counts(test.cases, isStrict)
    markup.element("testsuite", attributes) { markup in
      markup.newLine()
      for found in test.cases {
        write(found, of: test, isStrict, &markup)
        markup.newLine()
      }
    }
  }

  private static func write(
    _ found: TestCase, of test: ScenarioTest, _ isStrict: Bool, _ markup: inout Markup
  ) {
    let attributes = [("classname", test.name), ("name", found.name)]
    let place = found.position.map { "\($0): " } ?? ""
    switch found.finding {
    case .pass: markup.closed("testcase", attributes)
    case .inconclusive where !isStrict:
      markup.element("testcase", attributes) { markup in
        markup.closed("skipped", [("message", "inconclusive: " + found.text)])
      }
    case .fail, .inconclusive:
      let kind = found.finding == .fail ? "threshold" : "inconclusive"
      markup.element("testcase", attributes) { markup in
        markup.element(
          "failure", [("message", found.text), ("type", kind)], text: place + found.text)
      }
    case .error:
      markup.element("testcase", attributes) { markup in
        markup.element(
          "error", [("message", found.text), ("type", "error")], text: place + found.text)
      }
    }
  }

  private static func counts(_ cases: [TestCase], _ isStrict: Bool) -> [(String, String)] {
    func count(_ finding: TestCase.Finding) -> Int { cases.filter { $0.finding == finding }.count }
    let inconclusive = count(.inconclusive)
    return [
      ("tests", String(cases.count)),
      ("failures", String(count(.fail) + (isStrict ? inconclusive : 0))),
      ("errors", String(count(.error))),
      ("skipped", String(isStrict ? 0 : inconclusive)),
    ]
  }
}
