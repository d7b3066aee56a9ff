import Testing
import WeirFormats

/// An object with one field of each kind that the sample scenario does not use.
private struct Kinds: Declared {
  let even: Int64
  let weekday: Int
  let label: String
  let half: Double
  let signed: Int64
  let pair: [String]
  let nested: [[Int64]]
  let price: DecimalText
  let doubled: Int64
  let level: Int

  init(_ fields: Fields) {
    even = fields.value(
      "even", .integer(in: 0...100).checked("an even number") { $0.isMultiple(of: 2) },
      default: 2, "")
    weekday = fields.required(
      "weekday",
      ValueKind<String>.text.converted("a day of the working week", placeholder: 0) {
        ["mon", "tue", "wed", "thu", "fri"].firstIndex(of: $0)
      }, "")
    label = fields.value("label", .text(count: 1...3), default: "a", "")
    half = fields.value("half", .number(in: 0.5...), default: 0.5, "")
    signed = fields.value("signed", .quantity(in: -5000...(-10)), default: -10, "")
    pair = fields.value("pair", .list(of: .name, count: 2...2), default: ["a", "b"], "")
    nested = fields.value("nested", .list(of: .list(of: .integer(in: 1...3))), default: [[1]], "")
    price = fields.value("price", .decimal(in: 0...0.5), default: .zero, "")
    doubled = fields.value(
      "doubled", .duration(in: 1_000_000_000...).map({ $0 * 2 }, back: { $0 / 2 }),
      default: 4_000_000_000, "")
    level = fields.value(
      "level", .choice([("low", 1, "Little."), ("high", 9, "Much.")]), default: 9, "")
  }
}

@Suite struct ValueKindTests {
  private func read(_ name: String, _ value: JSONNode) -> Reading<Kinds> {
    let weekday: [(String, JSONNode)] = name == "weekday" ? [] : [("weekday", "wed")]
    return Kinds.read(from: .object(weekday + [(name, value)]))
  }

  @Test("values within the bounds are read")
  func accepted() {
    #expect(read("even", 4).value.even == 4)
    #expect(read("weekday", "fri").value.weekday == 4)
    #expect(read("label", "é🌊x").value.label == "é🌊x")
    #expect(read("half", 0.5).value.half == 0.5)
    #expect(read("signed", "-5k").value.signed == -5000)
    #expect(read("signed", -10).value.signed == -10)
    #expect(read("pair", ["x", "y"]).value.pair == ["x", "y"])
    #expect(read("nested", [[1, 2], []]).value.nested == [[1, 2], []])
    #expect(read("price", "0.5").value.price == DecimalText("0.5"))
    #expect(read("doubled", "3s").value.doubled == 6_000_000_000)
  }

  @Test(
    "values outside are refused, and a placeholder within the bounds stands in",
    arguments: [
      ("even", 3, "/even", "rule", "expected an even number, found 3"),
      ("even", 102, "/even", "outOfRange", "a whole number from 0 to 100"),
      ("weekday", "sun", "/weekday", "rule", "expected a day of the working week, found \"sun\""),
      ("label", "", "/label", "outOfRange", "expected text of 1 to 3 characters, found \"\""),
      ("label", "long", "/label", "outOfRange", "found \"long\""),
      ("half", 0.4999, "/half", "outOfRange", "a number of at least 0.5, found 0.4999"),
      ("half", JSONNode(.number("1e400")), "/half", "outOfRange", "found 1e400"),
      ("signed", "-5.001k", "/signed", "outOfRange", "from -5000 to -10"),
      ("pair", ["a"], "/pair", "outOfRange", "a list of exactly 2 elements, found 1 element"),
      ("pair", ["a", 1], "/pair/1", "wrongKind", "expected a name"),
      ("nested", [[1], [2, 4]], "/nested/1/1", "outOfRange", "found 4"),
      ("price", "0.50001", "/price", "outOfRange", "from 0 to 0.5"),
      ("doubled", "1ms", "/doubled", "outOfRange", "of at least 1s, found \"1ms\""),
    ] as [(String, JSONNode, String, String, String)])
  func refused(name: String, value: JSONNode, pointer: String, problem: String, message: String) {
    let reading = read(name, value)
    #expect(reading.issues.map { String(describing: $0.pointer) } == [pointer])
    #expect(reading.issues.map(\.problem.name) == [problem])
    #expect(reading.issues.allSatisfy { IssueRenderer.message($0).contains(message) })
    #expect(reading.value.signed <= -10 && reading.value.half >= 0.5)
    #expect(reading.value.pair.count == 2 && reading.value.doubled >= 2_000_000_000)
  }

  @Test("defaults are written as they would be read, also through a conversion")
  func defaults() {
    let fields = Fields.describe(Kinds.self).fields
    func standard(_ name: String) -> JSONNode? {
      guard let field = fields.first(where: { $0.name == name }),
        case .standard(let node) = field.presence
      else { return nil }
      return node
    }
    #expect(standard("doubled") == "2s")
    #expect(standard("pair") == ["a", "b"])
    #expect(standard("level") == "high")
    #expect(standard("nested") == [[1]])
    #expect(standard("price") == 0)
    #expect(standard("weekday") == nil)
  }

  @Test("every default is itself accepted")
  func defaultsAreValid() {
    for declaration in [Fields.describe(Kinds.self), Fields.describe(SamplePlan.self)] {
      for field in declaration.fields {
        guard case .standard(let node?) = field.presence else { continue }
        let issues =
          declaration.name == "Kinds"
          ? read(field.name, node).issues
          : SamplePlan.read(from: .object([("limit", 1), (field.name, node)])).issues
        #expect(issues == [], "\(field.name)")
      }
    }
  }
}
