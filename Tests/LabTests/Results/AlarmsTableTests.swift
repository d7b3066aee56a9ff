import Foundation
import Testing
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

@Suite struct AlarmsTableTests {
  private static func text(_ layers: String) -> String {
    """
    {
      "name": "alarms", "horizon": "1h", "replications": 2, "initial": "fresh",
      "populations": [ {
        "name": "fans", "accounts": 1,
        "workload": {
          "type": "openLoop", "interarrival": "10s", "service": "1s",
          "flashCrowd": {"start": "30m", "amplitude": 9, "rise": "1s", "decay": "5m"}
        }
      } ],
      "fleet": [ {"name": "servers", "servers": 1} ],
      "policies": [ {"name": "watched", "layers": \(layers)}, {"name": "open"} ]
    }
    """
  }

  private func study(_ layers: String) throws -> Study {
    Study(try ScenarioFile("a.json", reader: .texts(["a.json": Self.text(layers)])))
  }

  @Test("every alarm has a row, with its layer, its times and the reason that it had")
  func rows() throws {
    let study = try study(
      #"[{"type": "spikeDetector", "name": "siren", "detector": {"type": "ceiling", "above": 20}}]"#
    )
    let table = AlarmsTable(study)
    var csv = CSVWriter(columns: table.table.columns.map(\.column.name))
    for run in study.runs {
      let result = StudyRunner.result(of: run.index, in: study)
      table.eachRow(of: RunRecord(study: study, run: run, result: result)) {
        table.table.write($0, to: &csv)
      }
    }
    let lines = String(decoding: csv.bytes, as: UTF8.self).split(separator: "\n")
    #expect(
      lines.first
        == "policy,point,replication,layer,product,raised_s,ended_s,false_alarm,delay_s")
    // One crowd in each of two replications; nobody watches under the other policy.
    try #require(lines.count == 3)
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells[0] == "watched" && cells[3] == "siren" && cells[7] == "false")
      let (raised, delay) = (Double(cells[5]) ?? 0, Double(cells[8]) ?? 0)
      #expect(delay > 15 && delay < 30)
      #expect((raised - delay - 1800).magnitude < 1e-6)
    }
  }

  @Test("the file is there where a policy can raise alarms, and only there")
  func presence() throws {
    let watched = try study(#"[{"type": "spikeDetector"}]"#)
    let open = try study("[]")
    func names(_ study: Study) -> [String] { ResultReference.tables(of: study).map(\.name) }
    #expect(names(watched).contains("alarms"))
    #expect(!names(open).contains("alarms"))
  }
}
