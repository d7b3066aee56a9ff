import Testing
import WeirSimulation

@testable import WeirLab

@Suite struct TrialTests {
  @Test("a trial measures what a study writes, whatever the threads", arguments: [1, 2, 5])
  func values(_ jobs: Int) throws {
    let study = try TinyScenario.study()
    let trial = try Trial(study, jobs: jobs)
    #expect(trial.isComplete)
    for run in study.runs {
      let expected = StudyRunner.result(of: run.index, in: study).metrics
      for metric in Metric.allCases {
        let values = trial.summary.values(of: metric, policy: run.policy)
        #expect(values[run.replication] == expected[metric], "\(run.id) \(metric.name)")
      }
    }
    #expect(trial.thresholds.map(\.result.outcome) == [.pass])
  }

  @Test("a cancelled trial is not complete")
  func cancelled() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(try !Trial(try TinyScenario.study(), jobs: 2, cancellation: cancellation).isComplete)
  }
}
