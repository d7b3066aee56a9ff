import Testing
import WeirAccess
import WeirFormats
import WeirKernel

/// Limits, loads and endings by hand.
@Suite struct DecideChangeTests {
  private let columns = "time_ns,account,operation,cost,key,layer,set,carry\n"

  private func run(_ rows: String, _ policy: DrivenPolicy) throws -> [String] {
    let bytes = try DecideSession.run(SourceFile(name: "rows.csv", text: rows), policy)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
      .map(String.init)
  }

  private func policy(plans: [Plan] = [Plan(name: "default")]) throws -> DrivenPolicy {
    try DrivenPolicy(
      writtenAs: #"{"type": "fixedWindow", "name": "window", "limit": 10, "per": "1h"}"#,
      #"{"type": "credits", "price": 1, "initial": 5}"#, plans: plans)
  }

  /// What is left of 10 when 6 were used and the limit becomes 20: the four answers of bucket4j.
  @Test(
    "a limit is changed in the middle of a window, and carries over what it is told to",
    arguments: [
      ("reset", 20), ("asIs", 4), ("additive", 14), ("proportional", 8), ("", 14),
    ])
  func limit(_ carry: String, _ left: Int64) throws {
    let answers = try run(
      columns + "0,ada,request,6,,,,\n1,ada,limit,,,window,limit=20,\(carry)\n2,ada,tick,,,,,\n",
      try policy())
    #expect(answers[1] == "1,ada,limit,done,,\(left + 5),,,")
    #expect(answers[2] == "2,ada,tick,done,,\(left + 5),,,")
  }

  @Test("a second change starts from the first, and several fields change at once")
  func limits() throws {
    let answers = try run(
      columns
        + """
        0,ada,limit,,,window,limit=20;per=1s,reset
        1,ada,request,20,,,,
        1000000001,ada,limit,,,window,limit=30,additive
        1000000001,ada,request,30,,,,
        1000000002,ada,request,1,,,,
        """, try policy())
    // The window that opens at 1.000000001 s is again one second long.
    #expect(answers[3] == "1000000001,ada,request,admit,30,5,,,window:30")
    #expect(answers[4] == "1000000002,ada,request,admit,1,4,,,credits:1")
  }

  @Test("a change by hand starts from what a change at its time has made of the layer")
  func afterChange() throws {
    let text = #"{"type": "fixedWindow", "limit": 100, "per": "1s"}"#
    let later = try #require(JSONNode.parse(SourceFile(name: "to", text: text)).node)
    var policy = try policy()
    policy.changes = [
      LayerChange(
        at: .second(1), of: "window",
        to: FixedWindow(limit: UnitsByPlan(100), per: .seconds(1)), .reset)
    ]
    let first = #"{"type": "fixedWindow", "name": "window", "limit": 10, "per": "1h"}"#
    let layer = try #require(JSONNode.parse(SourceFile(name: "layer", text: first)).node)
    policy.written = WrittenLayers(layers: [layer, [:]], changes: [later])
    let answers = try run(
      columns + """
        1000000000,ada,limit,,,window,limit=50,reset
        1000000000,ada,request,50,,,,
        2000000000,ada,request,50,,,,
        """, policy)
    #expect(answers[2] == "2000000000,ada,request,admit,50,5,,,window:50")
  }

  @Test(
    "a limit that cannot be changed so is named by row, column and field",
    arguments: [
      ("windw,limit=20,", "layer", "", "window"),
      ("window,limt=20,", "set", "/limt", "limit"),
      ("window,limit=minus,", "set", "/limit", nil),
      ("window,limit,", "set", "", nil),
      ("window,,", "set", "", nil),
      ("window,limit=20,aditive", "carry", "", "additive"),
      ("window,as=gate,", "set", "", nil),
      ("window,name=other,", "set", "/name", nil),
      ("window,/limit/plus=3,", "set", "/limit/plus", nil),
      ("credits,initial=20,", "set", "", nil),
    ] as [(String, String, String, String?)])
  func broken(_ cells: String, _ column: String, _ pointer: String, _ nearest: String?) throws {
    let policy = try policy()
    let issue = #expect(throws: ScenarioIssue.self) {
      try run(columns + "0,ada,request,6,,,,\n1,ada,limit,,,\(cells)\n", policy)
    }
    #expect(issue?.column == column)
    #expect(issue?.pointer.description == pointer)
    #expect(issue?.position?.line == 3)
    #expect(issue?.suggestion == nearest)
  }

  @Test("a plan that a changed limit names must be known")
  func plan() throws {
    let policy = try policy(plans: [Plan(name: "free"), Plan(name: "plus")])
    let rows = columns + #"1,ada,limit,,,window,"limit={""plsu"": 3}","# + "\n"
    let issue = #expect(throws: ScenarioIssue.self) { try run(rows, policy) }
    #expect(issue?.suggestion == "plus")
    #expect(issue?.pointer.description == "/limit/plsu")
  }

  @Test("a column that nobody knows is an error, with the nearest name")
  func column() throws {
    let policy = try policy()
    let issue = #expect(throws: ScenarioIssue.self) {
      try run("time_ns,account,operation,cost,kye\n", policy)
    }
    #expect(issue?.suggestion == "key")
    #expect(issue?.position?.description == "rows.csv:1:32")
  }

  @Test("load control learns the load that a row reports")
  func load() throws {
    let policy = try DrivenPolicy(
      writtenAs: #"{"type": "levelShedding", "levels": [{}], "steps": 1}"#)
    let answers = try run(
      """
      time_ns,account,operation,cost,key,utilisation
      0,ada,request,1,,
      1,ada,load,,,0.95
      2,ada,request,1,,
      3,ada,load,,,0.5
      4,ada,request,1,,
      """, policy)
    let outcomes = answers.map { $0.split(separator: ",")[3] }
    #expect(outcomes == ["admit", "done", "deny", "done", "admit"])
  }

  @Test("what fails or is released pays nothing, and ends once")
  func endings() throws {
    let answers = try run(
      """
      time_ns,account,operation,cost,key
      0,ada,reserve,4,a
      1,ada,start,,a
      2,ada,start,,a
      3,ada,fail,,a
      4,ada,fail,,a
      5,ada,settle,3,a
      """, try policy())
    #expect(
      answers == [
        "0,ada,reserve,admit,4,11,,,window:4", "1,ada,start,done,,11,,,",
        "2,ada,start,none,,11,,,", "3,ada,fail,done,0,15,,,",
        "4,ada,fail,done,0,15,,,", "5,ada,settle,done,0,15,,,",
      ])
  }

  @Test("another product is given in the place of one that is used up, and settled as that")
  func downgrade() throws {
    var policy = try DrivenPolicy(
      writtenAs:
        #"{"type": "fixedWindow", "name": "big", "limit": 5, "per": "1h", "products": ["big"]}"#,
      #"{"type": "fixedWindow", "name": "small", "limit": 9, "per": "1h", "products": ["small"]}"#,
      products: ["big", "small"])
    policy.downgrades = [Downgrade(from: "big", to: "small", cost: Ratio(1, over: 2))]
    let answers = try run(
      """
      time_ns,account,operation,cost,key,product
      0,ada,request,4,,big
      0,ada,reserve,4,a,big
      1,ada,settle,1,a,big
      1,ada,tick,,,small
      """, policy)
    #expect(
      answers == [
        "0,ada,request,admit,4,1,,,big:4",
        "0,ada,reserve,downgrade,2,1,3600000000000,big:limit,small:2",
        "1,ada,settle,done,1,1,,,small:1", "1,ada,tick,done,,8,,,",
      ])
  }

  @Test("a row may go on with a turn")
  func turn() throws {
    let policy = try DrivenPolicy(
      writtenAs: #"{"type": "fixedWindow", "name": "window", "limit": 5, "per": "1h"}"#,
      #"{"type": "turnGrace", "name": "grace"}"#)
    let answers = try run(
      """
      time_ns,account,operation,cost,call
      0,ada,request,5,0
      0,ada,request,3,1
      0,ada,request,3,
      """, policy)
    #expect(answers[1] == "0,ada,request,admit,3,,,,grace:3")
    #expect(answers[2] == "0,ada,request,deny,0,0,3600000000000,grace:limit,")
  }

  @Test("explained, each row is followed by the state of every layer, which is what decides")
  func story() throws {
    let bytes = try DecideSession.run(
      SourceFile(
        name: "rows.csv",
        text: """
          time_ns,account,operation,cost,key
          0,ada,request,12,
          60000000000,ada,request,4,
          """), try policy(), explains: true)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        row 1 at 0s: ada request 12: admit 12 (window:10;credits:2)
          window   allowance  0 of 10 left, full in 1h, 1 more: limit, passes in 1h
          credits  fund       3 left, balance 3 credits, 1 more: pays
        row 2 at 1m: ada request 4: deny 0, credits:insufficient, in 59m
          window   allowance  0 of 10 left, full in 59m, 1 more: limit, passes in 59m
          credits  fund       3 left, balance 3 credits, 1 more: pays

        """)
  }
}
