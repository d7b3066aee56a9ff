import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

@Suite struct DoctorTests {
  @Test("numbers have the bits that they have elsewhere")
  func numbers() {
    for finding in [Doctor.philox, Doctor.functions, Doctor.samples, Doctor.statistics] {
      #expect(finding.verdict == .good, "\(finding.name): \(finding.text)")
    }
  }

  @Test("the digest of numbers is that of their bits, lowest byte first")
  func digest() {
    // sha256 of struct.pack("<2d", 1.0, -0.0), by Python's hashlib.
    #expect(
      Doctor.digest(of: [1, -0.0])
        == "5e9d905ef08923718da5998eb8ae14dc75a714656224d3753b679523d5a268d9")
    #expect(Doctor.digest(of: [1, 0]) != Doctor.digest(of: [1, -0.0]))
  }

  @Test("the study of the doctor is a valid scenario in which something is refused and bought")
  func scenario() throws {
    let study = Study(
      try ScenarioFile("doctor.json", reader: .texts(["doctor.json": Doctor.scenario])))
    #expect(study.count == 16)
    let result = StudyRunner.result(of: 0, in: study)
    #expect(result.broken.isEmpty)
    #expect(result.metrics[.denied] ?? 0 > 0)
    #expect(result.metrics[.completed] ?? 0 > 0)
  }

  @Test("a place that cannot be written is unusable")
  func unwritable() {
    let findings = Doctor(jobs: 1, folder: "/proc/weir").files
    #expect(findings.map(\.verdict) == [.unusable])
    #expect(findings[0].text.hasPrefix("/proc/weir cannot be written: "))
  }

  @Test("a machine without gunzip is told so, and is fit")
  func gunzip() {
    let finding = Doctor.gunzip(Gunzip(folders: []))
    #expect(finding.verdict == .note)
    #expect(finding.text.contains("there is no gunzip in PATH"))
  }
}
