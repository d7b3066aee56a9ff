import Foundation
import WeirFormats

extension Doctor {
  /// A small study with limits, credits, retries, a queue and a tracker, whose results are
  /// compared between ways of making it.
  static let scenario = """
    {
      "name": "doctor", "seed": "1", "horizon": "4h", "warmup": "30m", "replications": 8,
      "plans": { "plus": { "allowances": [ {"limit": 12, "per": "1h"} ] } },
      "populations": [ {
        "name": "users", "accounts": 40, "plan": "plus", "balance": 5,
        "weight": {"type": "lognormal", "median": 0.6, "sigma": 1},
        "workload": {
          "type": "openLoop", "interarrival": {"type": "exponential", "mean": "3m"},
          "service": {"type": "lognormal", "median": "20s", "sigma": 1}
        },
        "behaviour": {
          "whenRefused": {"type": "honourHint", "giveUpAfter": "30m"}, "patience": "5m"
        }
      } ],
      "fleet": [ {"name": "servers", "servers": 5} ],
      "policies": [
        {"name": "hard-stop", "layers": [ {"type": "planAllowance"} ]},
        {"name": "waterfall", "layers": [
          {"type": "planAllowance"}, {"type": "credits", "price": 1}
        ]}
      ]
    }
    """

  /// The same study on one thread, on several, and on one again.
  var study: DoctorFinding {
    let name = "determinism"
    let work = FileManager.default.temporaryDirectory.path + "/weir-doctor-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: work) }
    do {
      let file = try ScenarioFile("doctor.json", reader: .texts(["doctor.json": Self.scenario]))
      let study = Study(file)
      var digests: [[String: String]] = []
      for (place, threads) in [1, max(2, jobs), 1].enumerated() {
        let options = StudyOptions(
          jobs: threads, folder: "\(work)/\(place)", writesAccounts: true, writesEvents: true,
          for: study)
        let outcome = try StudyRunner.run(study, options)
        digests.append(try Self.digests(of: outcome.folder ?? ""))
      }
      let files = digests[0].keys.sorted()
      let differing = files.filter { file in digests.contains { $0[file] != digests[0][file] } }
      let ways = "on 1 thread, on \(max(2, jobs)) and on 1 again"
      let isSame = differing.isEmpty && digests.allSatisfy { $0.count == files.count }
      return DoctorFinding(
        name: name, verdict: isSame ? .good : .broken,
        text: isSame
          ? "\(study.count) runs \(ways): \(files.count) files with the same bytes"
          : "\(study.count) runs \(ways): other bytes in \(differing.joined(separator: ", "))")
    } catch {
      return DoctorFinding(name: name, verdict: .broken, text: "the study fails: \(error)")
    }
  }

  /// The digests of all files of results that depend on the scenario alone, by name.
  private static func digests(of folder: String) throws -> [String: String] {
    var digests: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder)
    where file != Provenance.fileName {
      var digest = SHA256()
      digest.update([UInt8](FileManager.default.contents(atPath: folder + "/" + file) ?? Data()))
      digests[file] = digest.hexadecimalDigest()
    }
    return digests
  }
}
