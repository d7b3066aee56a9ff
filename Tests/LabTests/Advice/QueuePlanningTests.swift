import Testing
import WeirLab

@Suite struct QueuePlanningTests {
  struct Case: Decodable, Sendable {
    let rho: Double
    let asymptotic_var_Wq_per_customer: Double
  }

  @Test("the variance is that of the closed form", arguments: vectors("queue_mm1", as: Case.self))
  func variance(_ expected: Case) {
    var accuracy = Accuracy()
    accuracy.compare(
      QueuePlanning.asymptoticVariance(load: expected.rho),
      expected.asymptotic_var_Wq_per_customer, "load \(expected.rho)")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test(
    "five per cent of the mean wait takes as many customers as Whitt's rule says",
    arguments: [(0.8, 190_000.0, 5_000.0), (0.9, 680_000, 10_000), (0.95, 2_600_000, 50_000)])
  func customers(_ load: Double, _ about: Double, _ within: Double) {
    #expect((QueuePlanning.customers(load: load) - about).magnitude <= within)
  }
}
