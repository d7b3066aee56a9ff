import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct DecideSessionTests {
  private let layers = [
    NamedLayer(name: "window", layer: FixedWindow(limit: UnitsByPlan(45), per: .hours(5))),
    NamedLayer(
      name: "credits",
      layer: PrepaidCredits(
        price: PriceList(Price(credits: 5)), initial: Credits(micro: 100_000_000))),
  ]

  private func run(_ rows: String, plans: [Plan] = [Plan(name: "default")]) throws -> [String] {
    let bytes = try DecideSession.run(
      SourceFile(name: "requests.csv", text: rows), DrivenPolicy(layers: layers, plans: plans))
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("each row has its answer: shares, what is left, when to come back, and why not")
  func answers() throws {
    let answers = try run(
      """
      time_ns,account,operation,cost,key
      0,ada,request,50,a
      0,ada,request,50,a
      1,ada,tick,,
      1,bob,reserve,10,r
      2,bob,settle,4,r
      3,ada,request,20,b
      4,ada,topup,30000000,
      5,ada,request,20,c
      6,bob,release,,r
      7,bob,release,,x
      """)
    #expect(
      answers == [
        "time_ns,account,operation,outcome,granted,remaining,retry_after_ns,reason,shares",
        "0,ada,request,admit,50,15,,,window:45;credits:5",
        "0,ada,request,admit,50,15,,,window:45;credits:5",
        "1,ada,tick,done,,15,,,",
        "1,bob,reserve,admit,10,55,,,window:10",
        "2,bob,settle,done,4,61,,,window:4",
        "3,ada,request,deny,0,15,17999999999997,credits:insufficient,",
        "4,ada,topup,done,,21,,,",
        "5,ada,request,admit,20,1,,,credits:20",
        "6,bob,release,done,4,61,,,window:4",
        "7,bob,release,none,,61,,,",
      ])
  }

  @Test("a request that is held says by whom and for how long, and is settled like any other")
  func holds() throws {
    let pacer = NamedLayer(name: "pacer", layer: Pacer(rate: UnitsByPlan(1), per: .seconds(1)))
    let bytes = try DecideSession.run(
      SourceFile(
        name: "requests.csv",
        text: """
          time_ns,account,operation,cost,key
          0,ada,request,50,
          0,ada,reserve,5,r
          1,ada,settle,7,r
          """), DrivenPolicy(layers: [pacer] + layers))
    let answers = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(
      answers.dropFirst() == [
        "0,ada,request,admit,50,15,,,window:45;credits:5",
        "0,ada,reserve,hold,5,15,50000000000,pacer:hold,credits:5",
        "1,ada,settle,done,7,8,,,credits:7",
      ])
  }

  @Test("accounts may name their plan")
  func plans() throws {
    let answers = try run(
      "time_ns,account,operation,cost,plan\n0,ada,request,1,plus\n0,bob,tick,,\n",
      plans: [Plan(name: "free"), Plan(name: "plus")])
    #expect(answers.count == 3)
  }

  @Test("plans and limits change, and what was used is carried over")
  func changes() throws {
    let plans = [Plan(name: "free"), Plan(name: "plus")]
    func window(_ free: Units) -> FixedWindow {
      FixedWindow(limit: UnitsByPlan(plans: ["free": free, "plus": 100]), per: .hours(1))
    }
    let bytes = try DecideSession.run(
      SourceFile(
        name: "requests.csv",
        text: """
          time_ns,account,operation,cost,plan,key
          0,ada,request,6,free,
          0,bob,reserve,8,free,r
          1,ada,plan,,plus,
          2,ada,request,90,,
          3,bob,request,5,,
          1000000000,bob,settle,4,,r
          2000000000,bob,request,16,,
          """),
      DrivenPolicy(
        layers: [NamedLayer(name: "window", layer: window(10))],
        changes: [LayerChange(at: .second(2), of: "window", to: window(20), .additive)],
        onPlanChange: .asIs, plans: plans))
    let answers = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(
      answers.map(String.init) == [
        "0,ada,request,admit,6,4,,,window:6", "0,bob,reserve,admit,8,2,,,window:8",
        "1,ada,plan,done,,4,,,", "2,ada,request,deny,0,4,3599999999998,window:limit,",
        "3,bob,request,deny,0,2,3599999999997,window:limit,",
        "1000000000,bob,settle,done,4,6,,,window:4",
        "2000000000,bob,request,admit,16,0,,,window:16",
      ])
  }

  @Test("a row may name its model, which has its own price")
  func models() throws {
    let fund = PrepaidCredits(
      price: PriceList(models: [
        "requests": ["large": Price(credits: 7), "small": Price(credits: 2)]
      ]), initial: Credits(micro: 28_000_000))
    let policy = DrivenPolicy(
      layers: [NamedLayer(name: "credits", layer: fund)], models: ["large", "small"])
    func answers(_ model: String) throws -> [String] {
      let rows = "time_ns,account,operation,cost,model\n0,ada,request,2,\n0,ada,tick,,\(model)\n"
      let bytes = try DecideSession.run(SourceFile(name: "requests.csv", text: rows), policy)
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    #expect(try answers("small").last == "0,ada,tick,done,,7,,,")
    let issue = #expect(throws: ScenarioIssue.self) { try answers("smal") }
    #expect(issue?.suggestion == "small")
  }

  @Test("accounts may name their organisation and their team in it")
  func groups() throws {
    let window = NamedLayer(
      name: "team", layer: FixedWindow(limit: UnitsByPlan(5), per: .seconds(9), by: .team))
    let bytes = try DecideSession.run(
      SourceFile(
        name: "requests.csv",
        text: """
          time_ns,account,operation,cost,organisation,team
          0,ada,request,4,acme,red
          0,bob,request,4,acme,red
          0,cem,request,4,acme,blue
          0,dan,request,4,umbrella,red
          0,eve,request,4,,
          0,fay,request,4,,
          """), DrivenPolicy(layers: [window]))
    let answers = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    let outcomes = answers.map { $0.split(separator: ",")[3] }
    #expect(outcomes == ["admit", "deny", "admit", "admit", "admit", "admit"])
  }

  @Test(
    "a row that cannot be read is named by place and reason",
    arguments: [
      ("5,ada,request,1,\n4,ada,request,1,", "time_ns", "requests.csv:3:1"),
      ("0,ada,reqest,1,", "operation", "requests.csv:2:7"),
      ("0,ada,request,,", "cost", "requests.csv:2:15"),
      ("0,ada,request,-1,", "cost", "requests.csv:2:15"),
      ("x,ada,request,1,", "time_ns", "requests.csv:2:1"),
      ("0,ada,plan,,", "operation", "requests.csv:2:7"),
      ("0,ada,limit,,", "operation", "requests.csv:2:7"),
    ])
  func broken(_ rows: String, _ column: String, _ place: String) {
    let issue = #expect(throws: ScenarioIssue.self) {
      try run("time_ns,account,operation,cost,key\n\(rows)\n")
    }
    #expect(issue?.column == column)
    #expect(issue?.position?.description == place)
  }
}
